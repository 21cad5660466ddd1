package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** A vault stopped while it rotates its keys. */
final class RotationStopTest {
  private static final int PEOPLE = 600;
  private static final Duration VERY_LONG = Duration.ofDays(1);

  @TempDir Path folder;
  private RunningVault vault;
  private final ListAppender<ILoggingEvent> logged = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.lethe");

  @BeforeEach
  void start() {
    vault = new RunningVault(folder, Clock.systemUTC(), VERY_LONG);
    var document = new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty());
    for (int i = 0; i < PEOPLE; i++) {
      vault.<Long>done(
          new VaultRequest.PutDocument(
              vault.caller("viewer-" + i), document, OptionalLong.empty()));
    }
    logged.start();
    logger.addAppender(logged);
  }

  @AfterEach
  void stop() {
    logger.detachAppender(logged);
    vault.close();
  }

  private void stopsCleanlyAndGoesOn(Predicate<Rotation> when) {
    var id = vault.startRotation();
    vault.when(id, when);

    vault.restart(Duration.ZERO);

    assertThat(vault.when(id, rotation -> rotation.state() == State.COMPLETE).toEpoch())
        .isEqualTo(2);
    assertThat(logged.list)
        .filteredOn(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .extracting(ILoggingEvent::getFormattedMessage)
        .isEmpty();
    assertThat(vault.<Keys>done(new VaultRequest.ReadKeys(vault.deadline())).epochs())
        .extracting(Keys.Epoch::state)
        .containsExactly("destroyed", "active");
    for (int i = 0; i < PEOPLE; i++) {
      var viewer = vault.caller("viewer-" + i);
      assertThat(
              vault
                  .<ProfileView>done(new VaultRequest.ReadProfile(viewer))
                  .profile()
                  .demographics())
          .isPresent();
    }
  }

  @Test
  void duringThePass() {
    stopsCleanlyAndGoesOn(rotation -> rotation.state() != State.DISTRIBUTING);
  }

  @Test
  void betweenPassAndDestruction() {
    stopsCleanlyAndGoesOn(rotation -> rotation.state() == State.SETTLING);
  }

  @Test
  void asSoonAsItIsAskedFor() {
    stopsCleanlyAndGoesOn(rotation -> true);
  }
}

package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.ledger.Ledger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Erasing a person on the condition that the profile is the one that was seen. */
final class ConditionalErasureTest {
  @TempDir Path folder;
  private RunningVault vault;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private long put(Caller viewer, String ageBand) {
    return vault.<Long>done(put(viewer, ageBand, OptionalLong.empty()));
  }

  private static VaultRequest.PutDocument put(Caller viewer, String ageBand, OptionalLong ifMatch) {
    var document = new Demographics(Optional.of(ageBand), Optional.empty(), Optional.empty());
    return new VaultRequest.PutDocument(viewer, document, ifMatch);
  }

  private static VaultRequest.Erase erase(Caller viewer, long version) {
    return new VaultRequest.Erase(viewer, "owner", OptionalLong.of(version));
  }

  private List<String> ledger() throws IOException {
    return Files.readAllLines(Ledger.file(folder));
  }

  @Test
  void aStaleVersionErasesNothingAndWritesNothing() throws IOException {
    var viewer = vault.caller("viewer");
    long first = put(viewer, "18-24");
    long second = put(viewer, "25-34");
    var before = ledger();

    assertThat(vault.refusal(erase(viewer, first))).isEqualTo(Refusal.STALE_VERSION);
    assertThat(ledger()).isEqualTo(before);
    var view = vault.<ProfileView>done(new VaultRequest.ReadProfile(viewer));
    assertThat(view.version()).isEqualTo(second);

    vault.<Erasure>done(erase(viewer, second));
    assertThat(vault.refusal(new VaultRequest.ReadProfile(viewer)))
        .isEqualTo(Refusal.TOKEN_REVOKED);
  }

  @Test
  void whatDoesNotChangeTheProfileDoesNotMakeItStale() {
    var viewer = vault.caller("viewer");
    long version = put(viewer, "18-24");
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            viewer, Purpose.PERSONALIZATION, Set.of(Field.DEMOGRAPHICS), OptionalLong.empty()));
    vault.rotate();

    assertThat(vault.<Erasure>done(erase(viewer, version)).erasureId()).isNotEmpty();
  }

  @Test
  void aRepeatedErasureIsNotStale() {
    var viewer = vault.caller("viewer");
    long version = put(viewer, "18-24");
    var erasure = vault.<Erasure>done(erase(viewer, version));

    for (long seen : new long[] {version, version + 7}) {
      assertThat(vault.<Erasure>done(erase(viewer, seen)).erasureId())
          .isEqualTo(erasure.erasureId());
      var later = vault.caller("viewer", Instant.now().getEpochSecond() + 2);
      assertThat(vault.<Erasure>done(erase(later, seen)).erasureId())
          .isEqualTo(erasure.erasureId());
    }
  }

  @Test
  void aStrangerIsNotFoundRatherThanStale() {
    assertThat(vault.refusal(erase(vault.caller("nobody"), 3))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void anErasureStaysDoneAfterARestart() {
    var viewer = vault.caller("viewer");
    var erasure = vault.<Erasure>done(erase(viewer, put(viewer, "18-24")));
    vault.restart();

    assertThat(
            vault
                .<Erasure>done(new VaultRequest.ReadErasure(erasure.erasureId(), vault.deadline()))
                .inaccessible())
        .isEqualTo(erasure.inaccessible());
    assertThat(vault.refusal(new VaultRequest.ReadProfile(viewer)))
        .isEqualTo(Refusal.TOKEN_REVOKED);
  }

  /** Whoever is acknowledged was first: both can never be. */
  @Test
  void ofAWriteAndAnErasureAtTheSameVersionOneIsStale() {
    for (int i = 0; i < 40; i++) {
      var viewer = vault.caller("viewer-" + i);
      long version = put(viewer, "18-24");
      var outcomes = new ArrayList<CompletableFuture<Outcome<Object>>>();
      for (VaultRequest request :
          List.of(erase(viewer, version), put(viewer, "65+", OptionalLong.of(version)))) {
        outcomes.add(CompletableFuture.supplyAsync(() -> vault.ask(request)));
      }

      assertThat(outcomes.stream().map(CompletableFuture::join))
          .filteredOn(Outcome.Done.class::isInstance)
          .hasSize(1);
    }
  }

  /** An unconditional erasure that comes meanwhile does not share the refusal. */
  @Test
  void anErasureWithoutAConditionIsNeverStale() {
    for (int i = 0; i < 20; i++) {
      var viewer = vault.caller("viewer-" + i);
      long version = put(viewer, "18-24");
      var stale = CompletableFuture.supplyAsync(() -> vault.ask(erase(viewer, version + 1)));
      var outright =
          CompletableFuture.supplyAsync(() -> vault.ask(new VaultRequest.Erase(viewer, "owner")));

      stale.join();
      assertThat(outright.join()).isInstanceOf(Outcome.Done.class);
    }
  }
}

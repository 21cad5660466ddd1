package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A vault that others gave up, and the one that stands in for it, on one Redis and keystore. */
@Timeout(240)
final class TwoNodesTest {
  @TempDir Path folder;
  private RunningVault first;
  private RunningVault standby;
  private People ofFirst;
  private People ofStandby;
  private Caller ada;

  @BeforeEach
  void start() {
    first = new RunningVault(folder.resolve("first"));
    ofFirst = new People(first);
    ada = ofFirst.settle("ada");
    standby = first.standby(folder.resolve("standby"));
    ofStandby = new People(standby);
  }

  @AfterEach
  void stop() {
    standby.close();
    first.close();
  }

  private static Keys keys(RunningVault vault) {
    return vault.done(new VaultRequest.ReadKeys(vault.deadline()));
  }

  private static boolean seals(RunningVault vault) {
    return Boolean.TRUE.equals(
        vault
            .<VaultHealth>done(new VaultRequest.ReadHealth(vault.deadline()))
            .checks()
            .get("sealing"));
  }

  /** Lets a lease run without making a crowd. */
  private void pause() {
    RunningVault.await(first.vertx().timer(20, TimeUnit.MILLISECONDS));
  }

  /** Writes through the first until it is refused; answers whom it acknowledged. */
  private List<String> writeUntilRefused() {
    var acknowledged = new ArrayList<String>();
    for (int i = 0; ; i++) {
      var name = "late-" + i;
      var asked = ofFirst.watching(first.caller(name), "title-" + name);
      if (first.<Integer>ask(asked) instanceof Outcome.Refused<Integer> refused) {
        assertThat(refused.reason()).isEqualTo(Refusal.UNAVAILABLE);
        return acknowledged;
      }
      acknowledged.add(name);
      pause();
    }
  }

  @Test
  void bothSealUnderTheNewEpochAndNobodyIsLost() {
    var id = standby.startRotation();
    var names = new ArrayList<String>();
    while (standby.<Rotation>done(new VaultRequest.ReadRotation(id, standby.deadline())).state()
        != State.COMPLETE) {
      var name = "viewer-" + names.size();
      ofFirst.watch(first.caller(name), "title-" + name);
      names.add(name);
      pause();
    }
    ofFirst.watch(first.caller("after"), "title-after");
    names.add("after");

    for (var vault : List.of(first, standby)) {
      assertThat(keys(vault).activeEpoch()).isEqualTo(2);
      assertThat(seals(vault)).isTrue();
      assertThat(new People(vault).items(vault.caller("ada"))).containsExactly("title-ada");
      assertThat(names)
          .allSatisfy(
              name ->
                  assertThat(new People(vault).items(vault.caller(name)))
                      .containsExactly("title-" + name));
    }
    assertThat(keys(first).epochs().get(0).state())
        .as("what the first knows when the rotation is complete")
        .isEqualTo("destroyed");
  }

  @Test
  void whoDoesNotRenewIsRefusedAndTheRotationGoesOn() {
    first.vault().nodes().stop();
    var id = standby.startRotation();

    var acknowledged = writeUntilRefused();

    assertThat(acknowledged).isNotEmpty();
    standby.when(id, rotation -> rotation.state() == State.COMPLETE);
    assertThat(seals(first)).isFalse();
    assertThat(writeUntilRefused()).isEmpty();
    assertThat(first.refusal(ofFirst.document(ada, "nowhere"))).isEqualTo(Refusal.UNAVAILABLE);
    assertThat(ofStandby.items(standby.caller("ada"))).containsExactly("title-ada");
    assertThat(acknowledged)
        .allSatisfy(
            name ->
                assertThat(ofStandby.items(standby.caller(name))).containsExactly("title-" + name));

    first.vault().nodes().start();
    while (!seals(first)) {
      pause();
    }
    ofFirst.watch(first.caller("ada"), "again");
    assertThat(ofStandby.items(standby.caller("ada"))).contains("title-ada", "again");
  }
}

package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** More is asked than the vault takes on. */
final class OverloadTest {
  private static final int CROWD = 10_000;
  private static final int AUDITS = 8_000;

  @TempDir Path folder;

  @Test
  void operatorsAreAnsweredWhilePeopleAreRefused() throws Exception {
    try (var vault = new RunningVault(folder)) {
      var rotation = vault.rotate().id();
      signal("STOP");
      List<Future<Outcome<ProfileView>>> crowd;
      try {
        crowd = crowd(vault);
        assertThat(vault.refusal(new VaultRequest.ReadProfile(vault.caller("one-more"))))
            .isEqualTo(Outcome.Refusal.UNAVAILABLE);
        assertThat(crowd).as("some were taken on and hang").anyMatch(read -> !read.isComplete());

        assertThat(
                vault
                    .<Rotation>done(new VaultRequest.ReadRotation(rotation, vault.deadline()))
                    .id())
            .isEqualTo(rotation);
        assertThat(crowd).as("and still do").anyMatch(read -> !read.isComplete());
      } finally {
        signal("CONT");
      }
      RunningVault.await(Future.all(crowd));
    }
  }

  /** Whoever is turned away at the administration leaves an entry, and takes nobody's place. */
  @Test
  void aCrowdOfAuditEntriesIsRecordedAndHidesNobody() {
    try (var vault = new RunningVault(folder)) {
      var client = new VaultClient(vault.vertx(), Clock.systemUTC());
      var entries = new ArrayList<Future<Outcome<Long>>>();
      for (int i = 0; i < AUDITS; i++) {
        entries.add(
            client.ask(
                new VaultRequest.Audit(
                    new AuditName.Clear("nobody"),
                    "admin",
                    new AuditName.Clear("everything"),
                    "refused",
                    vault.deadline())));
      }

      assertThat(vault.<VaultHealth>done(new VaultRequest.ReadHealth(vault.deadline())).checks())
          .isNotEmpty();
      assertThat(RunningVault.await(Future.all(entries)).<Outcome<Long>>list())
          .hasSize(AUDITS)
          .allMatch(entry -> entry instanceof Outcome.Done<Long>);
    }
  }

  private static List<Future<Outcome<ProfileView>>> crowd(RunningVault vault) {
    var client = new VaultClient(vault.vertx(), Clock.systemUTC());
    var crowd = new ArrayList<Future<Outcome<ProfileView>>>();
    for (int i = 0; i < CROWD; i++) {
      crowd.add(client.ask(new VaultRequest.ReadProfile(vault.caller("person-" + i))));
    }
    return crowd;
  }

  private void signal(String name) throws IOException, InterruptedException {
    var pid = Files.readString(folder.resolve("redis").resolve("redis.pid")).strip();
    assertThat(new ProcessBuilder("kill", "-" + name, pid).inheritIO().start().waitFor()).isZero();
  }
}

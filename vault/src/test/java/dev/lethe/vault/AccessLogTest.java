package dev.lethe.vault;

import static dev.lethe.vault.RunningVault.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.access.Access;
import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.RedisFixture;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AccessLogTest {
  @TempDir Path folder;

  private static void tellRegion(RunningVault vault, Caller viewer) {
    vault.<Long>done(
        new VaultRequest.PutDocument(
            viewer,
            new Demographics(Optional.empty(), Optional.of("DE"), Optional.empty()),
            OptionalLong.empty()));
  }

  private static void consent(RunningVault vault, Caller viewer, Purpose purpose) {
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            viewer, purpose, Set.of(Field.DEMOGRAPHICS), OptionalLong.empty()));
  }

  private static List<String> log(RunningVault vault, Caller viewer) {
    return vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(viewer)).stream()
        .map(
            entry ->
                String.join(
                    " ",
                    entry.reader(),
                    entry.purpose().wireName(),
                    entry.fields().toString(),
                    entry.outcome(),
                    "" + entry.count()))
        .toList();
  }

  @Test
  void everyReaderIsInItWithWhatItGotAndWhatItWasRefused() {
    try (var vault = new RunningVault(folder)) {
      var viewer = vault.caller("viewer");
      tellRegion(vault, viewer);
      for (var purpose : List.of(Purpose.PERSONALIZATION, Purpose.TRAINING)) {
        vault.<DisclosureAnswer>done(new VaultRequest.Disclose(viewer, purpose));
        consent(vault, viewer, purpose);
        vault.<DisclosureAnswer>done(new VaultRequest.Disclose(viewer, purpose));
      }
      vault.<ProfileView>done(new VaultRequest.ReadProfile(viewer));
      vault.<Export>done(new VaultRequest.ReadExport(viewer));
      vault.<Long>done(new VaultRequest.Rekey(viewer, "operator"));

      assertThat(log(vault, viewer))
          .containsExactlyInAnyOrder(
              "ranker personalization [] refused 1",
              "ranker personalization [DEMOGRAPHICS] disclosed 1",
              "trainer training [] refused 1",
              "trainer training [DEMOGRAPHICS] disclosed 1",
              "owner self [DEMOGRAPHICS] disclosed 2",
              "admin self [DEMOGRAPHICS] disclosed 1");
    }
  }

  @Test
  void stopAndRotationLoseNothingOfItAndAnErasureLeavesNothing() {
    try (var vault = new RunningVault(folder)) {
      var viewer = vault.caller("viewer");
      tellRegion(vault, viewer);
      vault.<ProfileView>done(new VaultRequest.ReadProfile(viewer));
      vault.restart();
      vault.rotate();
      assertThat(log(vault, vault.caller("viewer")))
          .containsExactly("owner self [DEMOGRAPHICS] disclosed 1");

      vault.<Object>done(new VaultRequest.Erase(vault.caller("viewer"), "owner"));
      var again = vault.caller("viewer", Instant.now().getEpochSecond() + 5);
      tellRegion(vault, again);
      assertThat(log(vault, again)).isEmpty();
    }
  }

  @Test
  void longLogIsMergedAndStillCountsEverything() {
    var vertx = Vertx.vertx();
    try (var redis = RedisFixture.start()) {
      var lanes = redis.lanes(vertx);
      await(lanes.ready());
      var store = new SubjectStore(lanes);
      var sealer = new Sealer(new SecureRandom());
      var subject = OpenSubject.begin(new SubjectLife("p", 1), 0, 0, sealer);
      live(store, "p");
      var log = new AccessLog(vertx, store.accessLogs(), sealer, Clock.systemUTC());
      for (int i = 0; i < 200; i++) {
        log.record(
            subject,
            "ranker",
            Purpose.PERSONALIZATION,
            Set.of(Field.HISTORY),
            Access.Outcome.DISCLOSED);
        await(log.flushAll());
      }

      assertThat(await(store.accessLogs().read("p"))).hasSizeLessThanOrEqualTo(65);
      assertThat(await(log.read(subject)))
          .singleElement()
          .extracting(AccessLogEntry::count)
          .isEqualTo(200L);
      await(lanes.close());
    } finally {
      await(vertx.close());
    }
  }

  @Test
  void moreThanRedisTakesAtOnceIsStoredAtTheEnd() {
    int people = 10_000;
    var vertx = Vertx.vertx();
    try (var redis = RedisFixture.start()) {
      var lanes = redis.lanes(vertx);
      await(lanes.ready());
      var store = new SubjectStore(lanes);
      var sealer = new Sealer(new SecureRandom());
      var log = new AccessLog(vertx, store.accessLogs(), sealer, Clock.systemUTC());
      var subjects =
          IntStream.range(0, people)
              .mapToObj(n -> OpenSubject.begin(new SubjectLife("p" + n, 1), 0, 0, sealer))
              .toList();
      var some = subjects.subList(people - 20, people);
      some.forEach(subject -> live(store, subject.subject().pseudonym()));
      for (var subject : subjects) {
        log.record(subject, "ranker", Purpose.PERSONALIZATION, Set.of(), Access.Outcome.DISCLOSED);
      }

      Promise<Void> flushed = Promise.promise();
      vertx.runOnContext(stop -> log.flushAll().onComplete(flushed));
      await(flushed.future());

      for (var subject : some) {
        assertThat(await(store.accessLogs().read(subject.subject().pseudonym()))).hasSize(1);
      }
      await(lanes.close());
    } finally {
      await(vertx.close());
    }
  }

  private static void live(SubjectStore store, String pseudonym) {
    await(
        store.change(
            pseudonym,
            new Change(
                Optional.empty(),
                new Stamp(1, 1, 1),
                Map.of(),
                Set.of(),
                Optional.empty(),
                Long.MAX_VALUE),
            store.server()));
  }
}

package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class SubjectStoreTest {
  private static final String P = "p".repeat(43);
  private static final byte[] DIGEST = {1, 2, (byte) 0xff};

  private static Vertx vertx;
  private static RedisFixture redis;
  private static RedisLanes lanes;
  private static SubjectStore store;

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    redis = RedisFixture.start();
    lanes = redis.lanes(vertx);
    store = new SubjectStore(lanes);
  }

  @AfterAll
  static void stop() {
    await(lanes.close());
    redis.close();
    await(vertx.close());
  }

  @BeforeEach
  void empty() {
    redis.command("FLUSHALL");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static Change change(Optional<Stamp> expected, Stamp next, Map<String, byte[]> set) {
    return new Change(expected, next, set, Set.of(), Optional.empty());
  }

  private static Stamp open(String pseudonym, int epoch) {
    var stamp = new Stamp(1, 1, epoch);
    var result = store.change(pseudonym, change(Optional.empty(), stamp, Map.of("g.self", DIGEST)));
    assertThat(await(result)).isEqualTo(new ChangeResult.Changed());
    return stamp;
  }

  private static StoredSubject read() {
    return await(store.read(P)).orElseThrow();
  }

  @Test
  void unknownSubjectIsEmpty() {
    assertThat(await(store.read(P))).isEmpty();
    assertThat(await(store.epochOf(P))).isEmpty();
    assertThat(await(store.accessLog(P))).isEmpty();
    assertThat(await(store.idempotency(P, "x"))).isEmpty();
  }

  @Test
  void everyByteComesBackAsItWas() {
    var all = new byte[256];
    for (var i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    await(
        store.change(
            P, change(Optional.empty(), new Stamp(1, 1, 1), Map.of("a", all, "b", new byte[0]))));

    var read = read();
    assertThat(read.stamp()).isEqualTo(new Stamp(1, 1, 1));
    assertThat(read.fields()).containsOnlyKeys("a", "b");
    assertThat(read.fields().get("a")).isEqualTo(all);
    assertThat(read.fields().get("b")).isEmpty();
    assertThat(read.tombstone()).isEmpty();
    assertThat(read.erased()).isFalse();
  }

  @Test
  void changeSetsAndRemoves() {
    var first = open(P, 1);
    var next = new Stamp(1, 2, 1);
    await(
        store.change(
            P,
            new Change(
                Optional.of(first),
                next,
                Map.of("d.language", bytes("x")),
                Set.of("g.self"),
                Optional.empty())));

    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().fields()).containsOnlyKeys("d.language");
  }

  @Test
  void changeIsLostWhenLifeVersionOrEpochDiffer() {
    open(P, 3);
    for (var stale : List.of(new Stamp(2, 1, 3), new Stamp(1, 2, 3), new Stamp(1, 1, 2))) {
      var change = change(Optional.of(stale), new Stamp(9, 9, 9), Map.of("x", DIGEST));
      assertThat(await(store.change(P, change))).isEqualTo(new ChangeResult.Lost());
    }
    var anew = change(Optional.empty(), new Stamp(1, 1, 3), Map.of("x", DIGEST));
    assertThat(await(store.change(P, anew))).isEqualTo(new ChangeResult.Lost());

    assertThat(read().stamp()).isEqualTo(new Stamp(1, 1, 3));
    assertThat(read().fields()).containsOnlyKeys("g.self");
  }

  @Test
  void repetitionIsSeenEvenWhenItWouldBeLost() {
    var change =
        new Change(
            Optional.empty(),
            new Stamp(1, 1, 1),
            Map.of("x", DIGEST),
            Set.of(),
            Optional.of(new Change.Idempotent("k", DIGEST, Duration.ofMinutes(1))));
    assertThat(await(store.change(P, change))).isEqualTo(new ChangeResult.Changed());

    assertThat(await(store.change(P, change)))
        .isInstanceOfSatisfying(
            ChangeResult.Seen.class, seen -> assertThat(seen.value()).isEqualTo(DIGEST));
    assertThat(await(store.idempotency(P, "k")))
        .hasValueSatisfying(it -> assertThat(it).isEqualTo(DIGEST));
    assertThat(read().stamp()).isEqualTo(new Stamp(1, 1, 1));
  }

  @Test
  void lostChangeLeavesNoIdempotencyRecord() {
    var change =
        new Change(
            Optional.of(new Stamp(4, 4, 4)),
            new Stamp(4, 5, 4),
            Map.of(),
            Set.of(),
            Optional.of(new Change.Idempotent("k", DIGEST, Duration.ofMinutes(1))));

    assertThat(await(store.change(P, change))).isEqualTo(new ChangeResult.Lost());
    assertThat(await(store.idempotency(P, "k"))).isEmpty();
    assertThat(await(store.read(P))).isEmpty();
  }

  @Test
  void manyFieldsFitInOneChange() {
    var many = new java.util.HashMap<String, byte[]>();
    for (var i = 0; i < 10_000; i++) {
      many.put("history." + i, DIGEST);
    }
    await(store.change(P, change(Optional.empty(), new Stamp(1, 1, 1), many)));
    assertThat(read().fields()).hasSize(10_000);

    var none =
        new Change(
            Optional.of(new Stamp(1, 1, 1)),
            new Stamp(1, 2, 1),
            Map.of(),
            many.keySet(),
            Optional.empty());
    await(store.change(P, none));
    assertThat(read().fields()).isEmpty();
  }

  @Test
  void fieldsOfTheStoreCannotBeSet() {
    assertThatThrownBy(() -> change(Optional.empty(), new Stamp(1, 1, 1), Map.of("life", DIGEST)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void erasureLeavesOnlyTheTombstone() {
    open(P, 7);
    await(store.appendAccess(P, 1, List.of(DIGEST)));

    assertThat(await(store.erase(P, 1, "e1", 99, DIGEST))).isEqualTo(new EraseResult.Erased(7, 2));

    var read = read();
    assertThat(read.erased()).isTrue();
    assertThat(read.fields()).isEmpty();
    assertThat(read.stamp()).isEqualTo(new Stamp(1, 2, 0));
    var tombstone = read.tombstone().orElseThrow();
    assertThat(tombstone.erasureId()).isEqualTo("e1");
    assertThat(tombstone.erasedAt()).isEqualTo(99);
    assertThat(tombstone.tokenDigest()).isEqualTo(DIGEST);
    assertThat(tombstone.oldEpoch()).isEqualTo(7);
    assertThat(await(store.accessLog(P))).isEmpty();
    assertThat(await(store.epochOf(P))).isEmpty();
  }

  @Test
  void repeatedErasureGivesTheSameAnswerAndChangesNothing() {
    open(P, 7);
    var first = await(store.erase(P, 1, "e1", 99, DIGEST));

    assertThat(await(store.erase(P, 1, "e1", 100, DIGEST))).isEqualTo(first);
    assertThat(read().tombstone().orElseThrow().erasedAt()).isEqualTo(99);
    assertThat(await(store.erase(P, 1, "e2", 101, DIGEST))).isEqualTo(new EraseResult.Erased(7, 3));
  }

  @Test
  void erasureOfNothingOrOfAnEarlierLifeIsGone() {
    assertThat(await(store.erase(P, 1, "e1", 99, DIGEST))).isEqualTo(new EraseResult.Gone());
    assertThat(await(store.read(P))).isEmpty();

    var next = new Stamp(2, 5, 8);
    await(store.change(P, change(Optional.empty(), next, Map.of("g.self", DIGEST))));
    assertThat(await(store.erase(P, 1, "e1", 99, DIGEST))).isEqualTo(new EraseResult.Gone());
    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().fields()).containsOnlyKeys("g.self");
  }

  @Test
  void lifeOfARestoredHashIsRaisedToTheErasedOne() {
    open(P, 3);

    assertThat(await(store.erase(P, 4, "e4", 99, DIGEST))).isEqualTo(new EraseResult.Erased(3, 2));
    assertThat(read().stamp()).isEqualTo(new Stamp(4, 2, 0));
  }

  @Test
  void newLifeKeepsTheTombstoneUntilTheNextErasure() {
    open(P, 7);
    await(store.erase(P, 1, "e1", 99, DIGEST));

    var next = new Stamp(2, 3, 8);
    var anew = change(Optional.of(new Stamp(1, 2, 0)), next, Map.of("g.self", DIGEST));
    assertThat(await(store.change(P, anew))).isEqualTo(new ChangeResult.Changed());

    assertThat(read().erased()).isFalse();
    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().tombstone().orElseThrow().erasureId()).isEqualTo("e1");
    assertThat(await(store.erase(P, 1, "e1", 99, DIGEST))).isEqualTo(new EraseResult.Gone());
    assertThat(await(store.erase(P, 2, "e2", 120, DIGEST))).isEqualTo(new EraseResult.Erased(8, 4));
    assertThat(read().tombstone().orElseThrow().erasureId()).isEqualTo("e2");
  }

  @Test
  void accessLogGrowsOnlyInItsLife() {
    assertThat(await(store.appendAccess(P, 1, List.of(DIGEST)))).isEqualTo(-1);
    open(P, 1);
    assertThat(await(store.appendAccess(P, 1, List.of(bytes("a"), DIGEST)))).isEqualTo(2);
    assertThat(await(store.appendAccess(P, 2, List.of(DIGEST)))).isEqualTo(-1);
    assertThat(await(store.accessLog(P))).containsExactly(bytes("a"), DIGEST);

    await(store.erase(P, 1, "e1", 99, DIGEST));
    assertThat(await(store.appendAccess(P, 1, List.of(DIGEST)))).isEqualTo(-1);
    assertThat(await(store.accessLog(P))).isEmpty();
  }

  @Test
  void accessLogIsCompactedAtItsOldEnd() {
    open(P, 1);
    var entries = List.of(bytes("a"), bytes("b"), bytes("c"));
    await(store.appendAccess(P, 1, entries));
    var old = entries.subList(0, 2);

    assertThat(await(store.compactAccess(P, 2, old, List.of(DIGEST)))).isFalse();
    assertThat(await(store.compactAccess(P, 1, List.of(), List.of(DIGEST)))).isFalse();
    assertThat(await(store.compactAccess(P, 1, old, List.of(bytes("x"), bytes("y"))))).isTrue();
    assertThat(await(store.accessLog(P))).containsExactly(bytes("x"), bytes("y"), bytes("c"));
    assertThat(await(store.compactAccess(P, 1, old, List.of(DIGEST)))).isFalse();
    assertThat(
            await(
                store.compactAccess(P, 1, List.of(bytes("x"), bytes("y"), bytes("c")), List.of())))
        .isTrue();
    assertThat(await(store.accessLog(P))).isEmpty();
  }

  @Test
  void scanMeetsEverySubjectAndNothingElse() {
    var expected = new HashSet<String>();
    for (var i = 0; i < 300; i++) {
      var pseudonym = "%043d".formatted(i);
      open(pseudonym, 1);
      await(store.appendAccess(pseudonym, 1, List.of(DIGEST)));
      expected.add(pseudonym);
    }

    var met = new HashSet<String>();
    var page = await(store.scan(ScanPage.START, 50));
    met.addAll(page.pseudonyms());
    while (!page.last()) {
      page = await(store.scan(page.cursor(), 50));
      met.addAll(page.pseudonyms());
    }

    assertThat(met).isEqualTo(expected);
    assertThat(await(store.subjects())).isEqualTo(300);
  }

  @Test
  void largeStoreIsEstimated() {
    for (var i = 0; i < 1_500; i++) {
      open("%043d".formatted(i), 1);
    }
    assertThat(await(store.subjects())).isBetween(1_400L, 1_600L);
  }

  @Test
  void epochsComeInOrder() {
    open("a".repeat(43), 3);
    open("b".repeat(43), 4);
    await(store.erase("b".repeat(43), 1, "e", 9, DIGEST));

    assertThat(await(store.epochs(List.of("b".repeat(43), P, "a".repeat(43)))))
        .containsExactly(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3));
  }

  @Test
  void firstInstallationOwnsTheServer() {
    var mine = new Installation("i1", "pepper1", 1);
    assertThat(await(store.claimInstallation(mine))).isEqualTo(mine);
    assertThat(await(store.claimInstallation(new Installation("i2", "pepper2", 2))))
        .isEqualTo(mine);
    assertThat(await(store.claimInstallation(mine))).isEqualTo(mine);
  }

  @Test
  void rewriteTakesErasedValuesOutOfTheFile() throws IOException {
    var secret = "find me in the file";
    await(
        store.change(P, change(Optional.empty(), new Stamp(1, 1, 1), Map.of("x", bytes(secret)))));
    await(store.erase(P, 1, "e1", 99, DIGEST));
    assertThat(appendOnlyFiles()).contains(secret);

    await(store.rewrite());

    assertThat(appendOnlyFiles()).doesNotContain(secret).contains("erasedAt");
  }

  @Test
  void rewritesAskedForAtOnceAllEnd() throws IOException {
    var first = store.rewrite();
    var second = store.rewrite();
    await(first);
    await(second);
    assertThat(appendOnlyFiles()).doesNotContain("nothing of this");
  }

  @Test
  void rewriteWithoutAnAppendOnlyFileFails() {
    redis.command("CONFIG", "SET", "appendonly", "no");
    try {
      assertThatThrownBy(() -> await(store.rewrite()))
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("appendonly");
    } finally {
      redis.command("CONFIG", "SET", "appendonly", "yes");
      // Turning it on writes the file anew: over before the next test.
      await(store.rewrite());
    }
  }

  @Test
  void scriptsAreSentAgainWhenTheServerForgotThem() {
    open(P, 1);
    redis.command("SCRIPT", "FLUSH");

    var next = change(Optional.of(new Stamp(1, 1, 1)), new Stamp(1, 2, 1), Map.of());
    assertThat(await(store.change(P, next))).isEqualTo(new ChangeResult.Changed());
  }

  private static String appendOnlyFiles() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(redis.dataDir().resolve("redis"))) {
      for (var file : files.filter(path -> path.toString().contains(".aof")).toList()) {
        all.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}

package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** The store over a Redis of the test class's own, empty before each test. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class StoreInRedis {
  static final String P = "p".repeat(43);
  static final byte[] DIGEST = {1, 2, (byte) 0xff};

  final Vertx vertx = Vertx.vertx();
  final RedisFixture redis = RedisFixture.start();
  final RedisLanes lanes = redis.lanes(vertx);
  final SubjectStore store = new SubjectStore(lanes);

  @AfterAll
  void stop() {
    await(lanes.close());
    redis.close();
    await(vertx.close());
  }

  @BeforeEach
  void empty() {
    redis.command("FLUSHALL");
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  static Change change(Optional<Stamp> expected, Stamp next, Map<String, byte[]> set) {
    return new Change(expected, next, set, Set.of(), Optional.empty(), Long.MAX_VALUE);
  }

  Stamp open(String pseudonym, int epoch) {
    var stamp = new Stamp(1, 1, epoch);
    var result =
        store.change(
            pseudonym, change(Optional.empty(), stamp, Map.of("g.self", DIGEST)), store.server());
    assertThat(await(result)).isEqualTo(new ChangeResult.Changed());
    return stamp;
  }

  StoredSubject read() {
    return await(store.read(P)).orElseThrow();
  }

  Future<EraseResult> erase(String pseudonym, long life, String id, long at) {
    return store.erase(pseudonym, life, id, at, DIGEST, OptionalLong.empty());
  }
}

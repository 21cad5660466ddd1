package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

final class AccessLogStoreTest extends StoreInRedis {
  @Test
  void accessLogGrowsOnlyInItsLife() {
    assertThat(await(store.accessLogs().append(P, 1, List.of(DIGEST)))).isEqualTo(-1);
    open(P, 1);
    assertThat(await(store.accessLogs().append(P, 1, List.of(bytes("a"), DIGEST)))).isEqualTo(2);
    assertThat(await(store.accessLogs().append(P, 2, List.of(DIGEST)))).isEqualTo(-1);
    assertThat(await(store.accessLogs().read(P))).containsExactly(bytes("a"), DIGEST);

    await(erase(P, 1, "e1", 99));
    assertThat(await(store.accessLogs().append(P, 1, List.of(DIGEST)))).isEqualTo(-1);
    assertThat(await(store.accessLogs().read(P))).isEmpty();
  }

  @Test
  void accessLogIsCompactedAtItsOldEnd() {
    open(P, 1);
    var entries = List.of(bytes("a"), bytes("b"), bytes("c"));
    await(store.accessLogs().append(P, 1, entries));
    var old = entries.subList(0, 2);

    assertThat(await(store.accessLogs().compact(P, 2, old, List.of(DIGEST)))).isFalse();
    assertThat(await(store.accessLogs().compact(P, 1, List.of(), List.of(DIGEST)))).isFalse();
    assertThat(await(store.accessLogs().compact(P, 1, old, List.of(bytes("x"), bytes("y")))))
        .isTrue();
    assertThat(await(store.accessLogs().read(P)))
        .containsExactly(bytes("x"), bytes("y"), bytes("c"));
    assertThat(await(store.accessLogs().compact(P, 1, old, List.of(DIGEST)))).isFalse();
    assertThat(
            await(
                store
                    .accessLogs()
                    .compact(P, 1, List.of(bytes("x"), bytes("y"), bytes("c")), List.of())))
        .isTrue();
    assertThat(await(store.accessLogs().read(P))).isEmpty();
  }
}

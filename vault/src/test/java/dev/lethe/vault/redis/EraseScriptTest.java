package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class EraseScriptTest extends StoreInRedis {
  @Test
  void erasureLeavesOnlyTheTombstone() {
    open(P, 7);
    await(store.accessLogs().append(P, 1, List.of(DIGEST)));

    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Erased(7, 2));

    var read = read();
    assertThat(read.erased()).isTrue();
    assertThat(read.fields()).isEmpty();
    assertThat(read.stamp()).isEqualTo(new Stamp(1, 2, 0));
    var tombstone = read.tombstone().orElseThrow();
    assertThat(tombstone.erasureId()).isEqualTo("e1");
    assertThat(tombstone.erasedAt()).isEqualTo(99);
    assertThat(tombstone.tokenDigest()).isEqualTo(DIGEST);
    assertThat(tombstone.oldEpoch()).isEqualTo(7);
    assertThat(await(store.accessLogs().read(P))).isEmpty();
    assertThat(await(store.epochOf(Place.of(P)))).isEmpty();
  }

  @Test
  void repeatedErasureGivesTheSameAnswerAndChangesNothing() {
    open(P, 7);
    var first = await(erase(P, 1, "e1", 99));

    assertThat(await(erase(P, 1, "e1", 100))).isEqualTo(first);
    assertThat(read().tombstone().orElseThrow().erasedAt()).isEqualTo(99);
    assertThat(await(erase(P, 1, "e2", 101))).isEqualTo(new EraseResult.Erased(7, 3));
  }

  @Test
  void erasureOfNothingOrOfAnEarlierLifeIsGone() {
    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Gone());
    assertThat(await(store.read(P))).isEmpty();

    var next = new Stamp(2, 5, 8);
    await(
        store.change(P, change(Optional.empty(), next, Map.of("g.self", DIGEST)), store.server()));
    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Gone());
    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().fields()).containsOnlyKeys("g.self");
  }

  @Test
  void lifeOfARestoredHashIsRaisedToTheErasedOne() {
    open(P, 3);

    assertThat(await(erase(P, 4, "e4", 99))).isEqualTo(new EraseResult.Erased(3, 2));
    assertThat(read().stamp()).isEqualTo(new Stamp(4, 2, 0));
  }

  @Test
  void newLifeKeepsTheTombstoneUntilTheNextErasure() {
    open(P, 7);
    await(erase(P, 1, "e1", 99));

    var next = new Stamp(2, 3, 8);
    var anew = change(Optional.of(new Stamp(1, 2, 0)), next, Map.of("g.self", DIGEST));
    assertThat(await(store.change(P, anew, store.server()))).isEqualTo(new ChangeResult.Changed());

    assertThat(read().erased()).isFalse();
    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().tombstone().orElseThrow().erasureId()).isEqualTo("e1");
    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Gone());
    assertThat(await(erase(P, 2, "e2", 120))).isEqualTo(new EraseResult.Erased(8, 4));
    assertThat(read().tombstone().orElseThrow().erasureId()).isEqualTo("e2");
  }

  @Test
  void erasureOnAConditionHoldsAtItsVersionOnly() {
    var first = open(P, 7);
    var next = new Stamp(1, 2, 7);
    await(store.change(P, change(Optional.of(first), next, Map.of("x", DIGEST)), store.server()));

    assertThat(await(eraseAt(1, "e1", 1))).isEqualTo(new EraseResult.Changed());
    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().fields()).containsOnlyKeys("g.self", "x");

    assertThat(await(eraseAt(1, "e1", 2))).isEqualTo(new EraseResult.Erased(7, 3));
    assertThat(await(eraseAt(1, "e1", 2))).isEqualTo(new EraseResult.Erased(7, 3));
    assertThat(await(eraseAt(1, "e2", 2))).isEqualTo(new EraseResult.Changed());
    assertThat(read().tombstone().orElseThrow().erasureId()).isEqualTo("e1");
  }

  private Future<EraseResult> eraseAt(long life, String id, long version) {
    return store.erase(P, life, id, 99, DIGEST, OptionalLong.of(version));
  }
}

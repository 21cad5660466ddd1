package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class WithholdScriptTest extends StoreInRedis {
  private static final byte[] OTHER = {9};

  private EraseResult withhold(long life, String id, long from) {
    return withhold(life, id, OptionalLong.empty(), from);
  }

  private EraseResult withhold(long life, String id, OptionalLong onlyAt, long from) {
    return await(
        store.holds().withhold(P, life, id, 99, DIGEST, onlyAt, from, List.of("g.training")));
  }

  private Optional<StoredSubject> held(long life) {
    return await(store.read(Place.held(P, life)));
  }

  private void settle(Stamp stamp) {
    await(
        store.change(
            P,
            change(
                Optional.empty(), stamp, Map.of("g.self", DIGEST, "g.training", OTHER, "x", OTHER)),
            store.server()));
    await(store.accessLogs().append(P, stamp.life(), List.of(DIGEST)));
  }

  @Test
  void everythingButTheOtherGrantsIsPutAsideAndATombstoneStands() {
    settle(new Stamp(1, 4, 7));

    assertThat(withhold(1, "e1", 1)).isEqualTo(new EraseResult.Withheld());

    assertThat(read().erased()).isTrue();
    assertThat(read().stamp()).isEqualTo(new Stamp(1, 5, 0));
    assertThat(read().tombstone().orElseThrow().erasureId()).isEqualTo("e1");
    assertThat(read().tombstone().orElseThrow().oldEpoch()).isEqualTo(7);
    assertThat(held(1).orElseThrow().stamp()).isEqualTo(new Stamp(1, 4, 7));
    assertThat(held(1).orElseThrow().fields()).containsOnlyKeys("g.self", "x");
    assertThat(await(store.accessLogs().read(P))).isEmpty();
    assertThat(await(store.accessLogs().read(Place.held(P, 1)))).containsExactly(DIGEST);
    assertThat(await(store.accessLogs().append(P, 1, List.of(DIGEST)))).isEqualTo(-1);
    assertThat(await(store.scan(ScanPage.START, 100)).places())
        .containsExactlyInAnyOrder(Place.of(P), Place.held(P, 1));
  }

  @Test
  void repeatingItChangesNothing() {
    settle(new Stamp(1, 4, 7));
    withhold(1, "e1", 1);

    assertThat(withhold(1, "e1", 1)).isEqualTo(new EraseResult.Withheld());

    assertThat(read().stamp()).isEqualTo(new Stamp(1, 5, 0));
    assertThat(held(1).orElseThrow().fields()).containsOnlyKeys("g.self", "x");
  }

  @Test
  void whatIsPutAsideIsNotReplacedByACopyPutBack() {
    settle(new Stamp(1, 4, 7));
    withhold(1, "e1", 1);
    redis.command("DEL", "s:{" + P + "}");
    open(P, 5);

    assertThat(withhold(1, "e1", 1)).isEqualTo(new EraseResult.Withheld());

    assertThat(read().erased()).isTrue();
    assertThat(held(1).orElseThrow().stamp()).isEqualTo(new Stamp(1, 4, 7));
  }

  @Test
  void aLifeFromBeforeTheHoldIsNotPutAside() {
    settle(new Stamp(1, 4, 7));

    assertThat(withhold(3, "e3", 2)).isEqualTo(new EraseResult.Withheld());

    assertThat(read().stamp()).isEqualTo(new Stamp(3, 5, 0));
    assertThat(held(3)).isEmpty();
    assertThat(await(store.accessLogs().read(P))).isEmpty();
  }

  @Test
  void aLaterLifeNothingOrAnotherVersionIsLeftAlone() {
    assertThat(withhold(1, "e1", 1)).isEqualTo(new EraseResult.Gone());
    settle(new Stamp(2, 4, 7));
    assertThat(withhold(1, "e1", 1)).isEqualTo(new EraseResult.Gone());
    assertThat(withhold(2, "e2", OptionalLong.of(3), 1)).isEqualTo(new EraseResult.Changed());
    assertThat(read().stamp()).isEqualTo(new Stamp(2, 4, 7));

    assertThat(withhold(2, "e2", OptionalLong.of(4), 1)).isEqualTo(new EraseResult.Withheld());
    assertThat(held(2)).isPresent();
  }

  @Test
  void theErasureTakesOutWhatWasPutAsideAndTellsItsEpochEachTime() {
    settle(new Stamp(1, 4, 7));
    withhold(1, "e1", 1);
    await(
        store.change(
            Place.held(P, 1),
            change(Optional.of(new Stamp(1, 4, 7)), new Stamp(1, 4, 9), Map.of()),
            store.server()));
    assertThat(await(store.epochs(List.of(Place.held(P, 1), Place.of(P)))))
        .containsExactly(OptionalInt.of(9), OptionalInt.empty());

    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Erased(9, 5));
    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Erased(9, 5));

    assertThat(held(1)).isEmpty();
    assertThat(await(store.accessLogs().read(Place.held(P, 1)))).isEmpty();
  }

  @Test
  void theErasureOfAnEarlierLifeTakesOutItsPartAndLeavesWhoCameBack() {
    settle(new Stamp(1, 4, 7));
    withhold(1, "e1", 1);
    var anew = new Stamp(2, 6, 8);
    await(
        store.change(
            P,
            change(Optional.of(new Stamp(1, 5, 0)), anew, Map.of("g.self", OTHER)),
            store.server()));

    assertThat(await(erase(P, 1, "e1", 99))).isEqualTo(new EraseResult.Gone());

    assertThat(held(1)).isEmpty();
    assertThat(read().stamp()).isEqualTo(anew);
  }
}

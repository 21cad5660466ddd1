package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class SubjectStoreTest extends StoreInRedis {
  @Test
  void unknownSubjectIsEmpty() {
    assertThat(await(store.read(P))).isEmpty();
    assertThat(await(store.epochOf(Place.of(P)))).isEmpty();
    assertThat(await(store.accessLogs().read(P))).isEmpty();
  }

  @Test
  void everyByteComesBackAsItWas() {
    var all = new byte[256];
    for (var i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    await(
        store.change(
            P,
            change(Optional.empty(), new Stamp(1, 1, 1), Map.of("a", all, "b", new byte[0])),
            store.server()));

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
                Optional.empty(),
                Long.MAX_VALUE),
            store.server()));

    assertThat(read().stamp()).isEqualTo(next);
    assertThat(read().fields()).containsOnlyKeys("d.language");
  }

  @Test
  void changeIsLostWhenLifeVersionOrEpochDiffer() {
    open(P, 3);
    for (var stale : List.of(new Stamp(2, 1, 3), new Stamp(1, 2, 3), new Stamp(1, 1, 2))) {
      var change = change(Optional.of(stale), new Stamp(9, 9, 9), Map.of("x", DIGEST));
      assertThat(await(store.change(P, change, store.server()))).isEqualTo(new ChangeResult.Lost());
    }
    var anew = change(Optional.empty(), new Stamp(1, 1, 3), Map.of("x", DIGEST));
    assertThat(await(store.change(P, anew, store.server()))).isEqualTo(new ChangeResult.Lost());

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
            Optional.of(new Change.Idempotent("k", DIGEST, Duration.ofMinutes(1))),
            Long.MAX_VALUE);
    assertThat(await(store.change(P, change, store.server())))
        .isEqualTo(new ChangeResult.Changed());

    assertThat(await(store.change(P, change, store.server())))
        .isInstanceOfSatisfying(
            ChangeResult.Seen.class, seen -> assertThat(seen.value()).isEqualTo(DIGEST));
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
            Optional.of(new Change.Idempotent("k", DIGEST, Duration.ofMinutes(1))),
            Long.MAX_VALUE);

    assertThat(await(store.change(P, change, store.server()))).isEqualTo(new ChangeResult.Lost());
    assertThat(await(store.read(P))).isEmpty();
    var again =
        new Change(
            Optional.empty(),
            new Stamp(1, 1, 1),
            Map.of(),
            Set.of(),
            change.idempotent(),
            Long.MAX_VALUE);
    assertThat(await(store.change(P, again, store.server()))).isEqualTo(new ChangeResult.Changed());
  }

  @Test
  void manyFieldsFitInOneChange() {
    var many = new java.util.HashMap<String, byte[]>();
    for (var i = 0; i < 10_000; i++) {
      many.put("history." + i, DIGEST);
    }
    await(store.change(P, change(Optional.empty(), new Stamp(1, 1, 1), many), store.server()));
    assertThat(read().fields()).hasSize(10_000);

    var none =
        new Change(
            Optional.of(new Stamp(1, 1, 1)),
            new Stamp(1, 2, 1),
            Map.of(),
            many.keySet(),
            Optional.empty(),
            Long.MAX_VALUE);
    await(store.change(P, none, store.server()));
    assertThat(read().fields()).isEmpty();
  }

  @Test
  void fieldsOfTheStoreCannotBeSet() {
    assertThatThrownBy(() -> change(Optional.empty(), new Stamp(1, 1, 1), Map.of("life", DIGEST)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void firstInstallationOwnsTheServer() {
    var mine = new Installation("i1", "pepper1", 1);
    assertThat(await(store.installations().claim(mine))).isEqualTo(mine);
    assertThat(await(store.installations().claim(new Installation("i2", "pepper2", 2))))
        .isEqualTo(mine);
    assertThat(await(store.installations().claim(mine))).isEqualTo(mine);
  }

  @Test
  void scriptsAreSentAgainWhenTheServerForgotThem() {
    open(P, 1);
    redis.command("SCRIPT", "FLUSH");

    var next = change(Optional.of(new Stamp(1, 1, 1)), new Stamp(1, 2, 1), Map.of());
    assertThat(await(store.change(P, next, store.server()))).isEqualTo(new ChangeResult.Changed());
  }
}

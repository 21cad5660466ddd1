package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.Test;

final class EpochRingTest {
  private static final int THREADS = 4;
  private static final int EPOCHS = 60;
  private final SecureRandom random = new SecureRandom();

  private KeystoreContent first() {
    return withEpoch(
        new KeystoreContent(
            7, "id", false, KeyBytes.random(random), new byte[0], List.of(), Map.of(), List.of()),
        1,
        EpochState.ACTIVE);
  }

  private KeystoreContent withEpoch(KeystoreContent content, int number, EpochState state) {
    return content.withEpoch(
        new EpochInfo(number, state, Instant.EPOCH, Optional.empty()),
        () -> KeyBytes.random(random));
  }

  private static KeystoreContent activate(KeystoreContent content, int number) {
    return content.withEpochs(
        info ->
            info.in(
                info.number() == number
                    ? EpochState.ACTIVE
                    : info.number() < number ? EpochState.RETIRING : info.state()));
  }

  @Test
  void aViewReachesNoOtherPurpose() {
    var content = withEpoch(first(), 2, EpochState.PREPARED);
    var ring = new EpochRing(content);

    for (var own : Purpose.values()) {
      var view = ring.forPurpose(own);
      for (int epoch = 0; epoch <= 3; epoch++) {
        for (var asked : Purpose.values()) {
          var expected =
              asked == own
                  ? Optional.ofNullable(
                      content.epochKeys().getOrDefault(epoch, Map.of()).get(asked))
                  : Optional.<KeyBytes>empty();
          assertThat(view.key(epoch, asked)).isEqualTo(expected);
        }
      }
      assertThat(view.key(1, own)).isPresent();
    }
  }

  @Test
  void aViewFollowsTheRing() {
    var content = first();
    var ring = new EpochRing(content);
    var view = ring.forPurpose(Purpose.PERSONALIZATION);
    var next = activate(withEpoch(content, 2, EpochState.PREPARED), 2);

    ring.take(next);
    assertThat(view.key(2, Purpose.PERSONALIZATION)).isPresent();
    ring.take(next.withoutKeys(1));

    assertThat(view.key(1, Purpose.PERSONALIZATION)).isEmpty();
    assertThat(ring.key(1, Purpose.SELF)).isEmpty();
  }

  @Test
  void aLeaseCountsUntilItEndsAndOnlyOnce() {
    var ring = new EpochRing(first());
    var one = ring.leaseActive();
    var two = ring.leaseActive();
    assertThat(one.epoch()).isEqualTo(1);
    assertThat(ring.leases(1)).isEqualTo(2);

    one.close();
    one.close();
    assertThat(ring.leases(1)).isEqualTo(1);
    two.close();

    assertThat(ring.leases(1)).isZero();
    assertThat(ring.leases(2)).isZero();
  }

  @Test
  void afterActivationLeasesAreOnTheNewEpochAlone() {
    var content = first();
    var ring = new EpochRing(content);
    var old = ring.leaseActive();
    var prepared = withEpoch(content, 2, EpochState.PREPARED);
    ring.take(prepared);
    try (var before = ring.leaseActive()) {
      assertThat(before.epoch()).isEqualTo(1);
    }

    ring.take(activate(prepared, 2));

    try (var after = ring.leaseActive()) {
      assertThat(after.epoch()).isEqualTo(2);
      assertThat(ring.leases(1)).isEqualTo(1);
    }
    old.close();
    assertThat(ring.leases(1)).isZero();
  }

  @Test
  void withoutAnActiveEpochThereIsNoRing() {
    var none = first().withEpochs(info -> info.in(EpochState.RETIRING));

    assertThatThrownBy(() -> new EpochRing(none)).isInstanceOf(KeystoreException.class);
  }

  /**
   * Threads take leases and use the leased epoch's key while epochs are activated one after the
   * other. An epoch that is seen without leases after its time is destroyed, as a rotation does it:
   * nobody may be found under it then or later, and no key that somebody holds a lease on is gone.
   */
  @Test
  void anEpochWithoutLeasesStaysWithout() throws InterruptedException, ExecutionException {
    var content = first();
    var ring = new EpochRing(content);
    var destroyed = new AtomicIntegerArray(EPOCHS + 2);
    var done = new CountDownLatch(1);
    var pool = Executors.newFixedThreadPool(THREADS);
    try {
      var workers = new ArrayList<Future<Integer>>();
      for (int i = 0; i < THREADS; i++) {
        Callable<Integer> worker =
            () -> {
              int taken = 0;
              while (done.getCount() > 0) {
                try (var lease = ring.leaseActive()) {
                  taken++;
                  assertThat(destroyed.get(lease.epoch())).isZero();
                  var key = ring.key(lease.epoch(), Purpose.SELF).orElseThrow();
                  for (int spins = ThreadLocalRandom.current().nextInt(40); spins > 0; spins--) {
                    Thread.onSpinWait();
                  }
                  assertThat(key.isDestroyed()).isFalse();
                  assertThat(destroyed.get(lease.epoch())).isZero();
                }
              }
              return taken;
            };
        workers.add(pool.submit(worker));
      }
      try {
        for (int epoch = 1; epoch <= EPOCHS; epoch++) {
          content = withEpoch(content, epoch + 1, EpochState.PREPARED);
          ring.take(content);
          content = activate(content, epoch + 1);
          ring.take(content);
          while (ring.leases(epoch) > 0) {
            Thread.onSpinWait();
          }
          destroyed.set(epoch, 1);
          content = content.withoutKeys(epoch);
          ring.take(content);
          for (int old = 1; old <= epoch; old++) {
            assertThat(ring.leases(old)).isZero();
          }
        }
      } finally {
        done.countDown();
      }
      int taken = 0;
      for (var worker : workers) {
        taken += worker.get();
      }
      assertThat(taken).isGreaterThan(EPOCHS);
      assertThat(ring.leases(EPOCHS + 1)).isZero();
    } finally {
      pool.shutdownNow();
    }
  }
}

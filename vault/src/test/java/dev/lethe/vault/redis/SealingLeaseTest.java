package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.keys.EpochView;
import dev.lethe.vault.keys.SealingLapsedException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Leases on sealing over a real Redis, whose clock decides. */
final class SealingLeaseTest extends StoreInRedis {
  private static final EpochView FIRST = new EpochView(1, 1, 1, 1);
  private static final EpochView PREPARED = new EpochView(2, 1, 1, 1);
  private static final EpochView ACTIVE = new EpochView(2, 2, 2, 1);
  private static final EpochView ALONE = new EpochView(2, 2, 2, 2);
  private static final Duration BRIEF = Duration.ofMillis(100);

  private final AtomicLong nanos = new AtomicLong();
  private final NodeStore nodes = store.nodes();
  private SealingLease lease = new SealingLease("a", nanos::get);

  @BeforeEach
  void begin() {
    lease = new SealingLease("a", nanos::get);
  }

  private NodeReport report(EpochView view) {
    return await(lease.report(nodes, view));
  }

  private NodeReport other(EpochView view) {
    return await(nodes.report("b", view, SealingLease.LENGTH));
  }

  private Change until(long millis) {
    return new Change(
        Optional.empty(),
        new Stamp(1, 1, 1),
        Map.of("g.self", DIGEST),
        Set.of(),
        Optional.empty(),
        millis);
  }

  @Test
  void lastsFromBeforeItWasAskedFor() {
    assertThat(lease.held()).isFalse();
    assertThatThrownBy(lease::until).isInstanceOf(SealingLapsedException.class);

    var asked = lease.report(nodes, FIRST);
    nanos.addAndGet(SealingLease.LENGTH.toNanos() - 1);
    assertThat(await(asked).granted()).isTrue();

    assertThat(lease.held()).isTrue();
    assertThat(await(store.change(P, until(lease.until()), store.server())))
        .isEqualTo(new ChangeResult.Changed());
    nanos.incrementAndGet();
    assertThat(lease.held()).isFalse();
    assertThatThrownBy(lease::until).isInstanceOf(SealingLapsedException.class);
  }

  @Test
  void serverRefusesWhatComesAfterItsEnd() {
    report(FIRST);
    long end = await(nodes.report("a", FIRST, Duration.ofMillis(1))).until();
    while (await(nodes.report("b", FIRST, BRIEF)).until() - BRIEF.toMillis() < end) {
      // The clock of the server goes on.
    }

    var late = store.change(P, until(end), store.server());

    assertThat(lease.held()).as("by a clock that stood still").isTrue();
    assertThatThrownBy(() -> await(late)).isInstanceOf(SealingLapsedException.class);
    assertThat(await(store.read(P))).isEmpty();
    var notice = new NoticeStore(lanes).put("id", "about", DIGEST, end);
    assertThatThrownBy(() -> await(notice)).isInstanceOf(SealingLapsedException.class);
    assertThat(await(new NoticeStore(lanes).about("id"))).isEmpty();
  }

  @Test
  void isNotRenewedBehindAnother() {
    long granted = report(FIRST).until();
    assertThat(other(PREPARED).granted()).isTrue();

    var behind = report(FIRST);

    assertThat(behind.granted()).isFalse();
    assertThat(behind.until()).as("what was granted before").isEqualTo(granted);
    assertThat(behind.isAhead(FIRST)).isTrue();
    assertThat(lease.until()).isEqualTo(granted);
    nanos.addAndGet(SealingLease.LENGTH.toNanos());
    assertThat(lease.held()).isFalse();
    assertThat(report(PREPARED).granted()).isTrue();
    assertThat(other(ACTIVE).granted()).isTrue();
    assertThat(report(PREPARED).granted()).isFalse();
    assertThat(report(ACTIVE).granted()).isTrue();
    assertThat(lease.held()).isTrue();
  }

  @Test
  void othersWaitForWhatWasGrantedAndNoLonger() {
    await(nodes.report("b", FIRST, BRIEF));
    assertThat(report(PREPARED)).extracting(NodeReport::lowestNewest).isEqualTo(1);
    // Behind, and so not granted again; but still there.
    assertThat(other(FIRST).granted()).isFalse();

    NodeReport seen;
    do {
      seen = report(ACTIVE);
    } while (seen.lowestNewest() == 1);

    assertThat(seen.lowestSealing()).isEqualTo(2);
    assertThat(report(ALONE).lowestOldest()).as("it still has the keys").isEqualTo(1);
    assertThat(other(ALONE).lowestOldest()).isEqualTo(2);
  }

  @Test
  void whoEndsCountsNoMore() {
    await(nodes.report("b", FIRST, BRIEF));
    NodeReport seen;
    do {
      seen = report(ALONE);
    } while (seen.lowestOldest() == 1);
    assertThat(seen.lowestNewest()).isEqualTo(2);
  }

  @Test
  void whoLeavesCountsNoMore() {
    other(FIRST);
    assertThat(report(ALONE).lowestSealing()).isEqualTo(1);

    await(nodes.report("b", FIRST, Duration.ZERO));

    assertThat(report(ALONE).lowestSealing()).isEqualTo(2);
    assertThat(report(ALONE).lowestOldest()).isEqualTo(2);
    await(lease.leave(nodes, ALONE));
    assertThat(lease.held()).isFalse();
  }

  @Test
  void answerOfAServerThatWasLeftGrantsNothing() {
    var asked = lease.report(nodes, FIRST);
    lease.lapse();

    assertThat(await(asked).granted()).isTrue();
    assertThat(lease.held()).isFalse();
  }

  @Test
  void keysThatWereGivenUpUnseenDestroyNothingElsewhere() {
    var lost = new EpochView(1, 1, 1, 2);

    assertThat(report(lost).oldest()).isEqualTo(1);
    assertThat(other(FIRST).isAhead(FIRST)).isFalse();
  }
}

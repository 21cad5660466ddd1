package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A disk that does not come back from a write costs the acts that need it, and nothing else. */
final class HangingDiskTest {
  private static final Duration DEADLINE = Duration.ofMillis(300);

  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk();
  private final List<Entry> observed = Collections.synchronizedList(new ArrayList<>());
  private HashChainFile file;

  private Path path() {
    return folder.resolve("chain.jsonl");
  }

  @BeforeEach
  void open() throws Exception {
    file =
        HashChainFile.open(
            path(), new ChainTerms(Chains.CLOCK, observed::add, Optional.empty(), disk, DEADLINE));
    Chains.get(file.append(Chains.body(0)));
  }

  @AfterEach
  void close() {
    disk.forceGate.countDown();
    file.close();
  }

  /** An append that the disk keeps. */
  private Future<Entry> hang() throws Exception {
    disk.reached = new CountDownLatch(1);
    disk.forceGate = new CountDownLatch(1);
    var kept = file.append(Chains.body(1));
    assertThat(disk.reached.await(20, TimeUnit.SECONDS)).isTrue();
    return kept;
  }

  private static void assertRefused(Future<Entry> append) {
    assertThatThrownBy(() -> Chains.get(append))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
  }

  private void recover() {
    disk.forceGate.countDown();
    var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!file.healthy() && System.nanoTime() < patience) {
      Thread.onSpinWait();
    }
    assertThat(file.healthy()).isTrue();
  }

  @Test
  void whateverWaitsIsRefusedInOrder() throws Exception {
    var ends = Collections.synchronizedList(new ArrayList<Integer>());
    var kept = hang();
    kept.onComplete(end -> ends.add(1));
    var waiting = new ArrayList<Future<Entry>>();
    for (var n = 2; n <= 50; n++) {
      var number = n;
      var append = file.append(Chains.body(n));
      append.onComplete(end -> ends.add(number));
      waiting.add(append);
    }

    assertRefused(kept);
    waiting.forEach(HangingDiskTest::assertRefused);

    assertThat(ends).isEqualTo(IntStream.rangeClosed(1, 50).boxed().toList());
    assertThat(file.healthy()).isFalse();
    assertThat(file.entries()).isEqualTo(1);
  }

  @Test
  void laterAppendsAreRefusedAtOnce() throws Exception {
    assertRefused(hang());

    var later = file.append(Chains.body(9));

    assertThat(later.isComplete()).isTrue();
    assertThat(later.cause()).isInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void nobodyIsKeptHoweverManyCome() throws Exception {
    var all = new ArrayList<Future<Entry>>();
    all.add(hang());
    for (var n = 0; n < 20_000; n++) {
      all.add(file.append(Chains.body(n)));
    }
    assertThat(all.stream().filter(append -> !append.isComplete()).count())
        .as("what is kept in memory")
        .isLessThanOrEqualTo(1 + 4096);

    all.forEach(HangingDiskTest::assertRefused);
  }

  @Test
  void whatWasRefusedWhileItWaitedIsNeverWritten() throws Exception {
    var kept = hang();
    var waiting = file.append(Chains.body(2));
    assertRefused(kept);
    assertRefused(waiting);

    recover();
    Chains.get(file.append(Chains.body(3)));

    // The disk had been given entry 1 before it was refused; it came through after all.
    assertThat(observed).extracting(entry -> entry.json().getInteger("n")).containsExactly(0, 1, 3);
    assertThat(HashChainFile.verify(path()).entries()).isEqualTo(3);
  }

  @Test
  void nothingIsSettledAsLongAsTheDiskMayStillWriteWhatWasRefused() throws Exception {
    assertThat(file.settled()).isTrue();
    assertRefused(hang());
    assertThat(file.settled()).isFalse();

    recover();
    assertThat(file.settled()).isTrue();
    assertThat(observed).as("it was written after all").hasSize(2);
  }

  @Test
  void aFullDiskSettlesOnceTheUnfinishedWriteIsCutOff() throws Exception {
    disk.truncateFails = true;
    disk.full = true;
    assertRefused(file.append(Chains.body(1)));
    assertThat(file.settled()).as("half a line stands in the file").isFalse();

    disk.truncateFails = false;
    assertRefused(file.append(Chains.body(2)));
    assertThat(file.settled()).as("and is full all the same").isTrue();
    assertThat(file.healthy()).isFalse();
  }

  @Test
  void aDiskThatComesBackIsUsedAgain() throws Exception {
    for (var round = 0; round < 3; round++) {
      assertRefused(hang());
      recover();
      Chains.get(file.append(Chains.body(5)));
    }
    assertThat(HashChainFile.verify(path()).ok()).isTrue();
  }

  @Test
  void closingDoesNotWaitForEver() throws Exception {
    var kept = hang();
    file.close();
    assertRefused(kept);
    assertThat(file.append(Chains.body(2)).failed()).isTrue();
  }
}

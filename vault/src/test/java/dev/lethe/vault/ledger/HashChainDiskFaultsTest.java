package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HashChainDiskFaultsTest {
  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk();
  private final ArrayList<Entry> observed = new ArrayList<>();

  private Path path() {
    return folder.resolve("chain.jsonl");
  }

  private HashChainFile open() {
    return HashChainFile.open(
        path(),
        new ChainTerms(Chains.CLOCK, observed::add, Optional.empty(), disk, Duration.ofSeconds(5)));
  }

  private static void assertRefused(Future<Entry> append) {
    assertThatThrownBy(() -> Chains.get(append))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void fullDiskRefusesAndLeavesTheChainWhole() throws Exception {
    try (var file = open()) {
      Chains.get(file.append(Chains.body(1)));
      var before = Files.readAllBytes(path());

      disk.full = true;
      assertRefused(file.append(Chains.body(2)));
      assertRefused(file.append(Chains.body(3)));

      assertThat(file.healthy()).isFalse();
      assertThat(file.entries()).isEqualTo(1);
      assertThat(HashChainFile.verify(path()).ok()).isTrue();

      disk.full = false;
      assertThat(Chains.get(file.append(Chains.body(4))).seq()).isEqualTo(2);
      assertThat(file.healthy()).isTrue();
      assertThat(Files.readAllBytes(path())).startsWith(before);
    }
    assertThat(observed).extracting(entry -> entry.json().getInteger("n")).containsExactly(1, 4);
    assertThat(HashChainFile.verify(path()).entries()).isEqualTo(2);
  }

  @Test
  void entryThatIsNotForcedIsNotAcknowledged() throws Exception {
    try (var file = open()) {
      disk.forceFails = true;
      assertRefused(file.append(Chains.body(1)));
      assertThat(file.entries()).isZero();
      assertThat(observed).isEmpty();
      assertThat(Files.size(path())).isZero();
    }
  }

  @Test
  void nothingIsWrittenBehindHalfALine() throws Exception {
    try (var file = open()) {
      Chains.get(file.append(Chains.body(1)));
      disk.full = true;
      disk.truncateFails = true;
      assertRefused(file.append(Chains.body(2)));
      disk.full = false;
      assertRefused(file.append(Chains.body(3)));

      disk.truncateFails = false;
      assertThat(Chains.get(file.append(Chains.body(4))).seq()).isEqualTo(2);
    }
    assertThat(HashChainFile.verify(path()).entries()).isEqualTo(2);
  }

  @Test
  void diskThatRecoversIsNoticedWithoutTraffic() throws Exception {
    try (var file = open()) {
      disk.full = true;
      assertRefused(file.append(Chains.body(1)));
      disk.full = false;

      var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!file.healthy() && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      assertThat(file.healthy()).isTrue();
      assertThat(Files.size(path())).isZero();
    }
  }

  @Test
  void whatWaitsForTheDiskGoesOutTogetherAndTooManyAreRefused() throws Exception {
    try (var file = open()) {
      disk.gate = new CountDownLatch(1);
      var first = file.append(Chains.body(0));
      assertThat(disk.reached.await(20, TimeUnit.SECONDS)).isTrue();
      var accepted = new ArrayList<Future<Entry>>();
      var next = file.append(Chains.body(1));
      while (!next.isComplete()) {
        accepted.add(next);
        next = file.append(Chains.body(accepted.size() + 1));
      }
      assertThat(next.cause()).isInstanceOf(LedgerUnavailableException.class);
      assertThat(first.isComplete()).isFalse();

      disk.gate.countDown();
      Chains.get(Future.all(accepted));
      assertThat(file.entries()).isEqualTo(accepted.size() + 1L);
      assertThat(disk.writes).hasValue(2);
    }
  }

  @Test
  void observerThatFailsStopsTheFile() throws Exception {
    try (var file =
        HashChainFile.open(
            path(),
            Chains.CLOCK,
            entry -> {
              throw new IllegalStateException("the index is out of step");
            })) {
      assertRefused(file.append(Chains.body(1)));
      assertRefused(file.append(Chains.body(2)));
      assertThat(file.healthy()).isFalse();
    }
  }
}

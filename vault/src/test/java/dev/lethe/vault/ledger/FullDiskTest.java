package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system that is really full: a tmpfs of one mebibyte. Needs the right to mount one. */
final class FullDiskTest {
  @TempDir Path folder;

  private boolean mounted;

  private static boolean run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @BeforeEach
  void mount() throws Exception {
    mounted =
        run("sh", "-c", "exec mount -t tmpfs -o size=1m,mode=0700 tmpfs \"$0\"", folder.toString());
    assumeTrue(mounted, "SKIPPED: a tmpfs cannot be mounted here; this needs root on Linux");
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      assertThat(run("umount", folder.toString())).isTrue();
    }
  }

  @Test
  void theActIsRefusedAndTheChainGoesOnWhenThereIsRoomAgain() throws Exception {
    var path = folder.resolve("ledger").resolve("ledger.jsonl");
    var signer = new TestSigner("key");
    long written;
    try (var file = HashChainFile.open(path, Chains.CLOCK, entry -> {}, signer)) {
      Chains.get(file.append(Chains.body(1)));
      var ballast = folder.resolve("ballast");
      fill(ballast);

      assertThatThrownBy(
              () -> {
                for (var n = 2; n < 10_000; n++) {
                  Chains.get(file.append(Chains.body(n)));
                }
              })
          .hasCauseInstanceOf(LedgerUnavailableException.class)
          .hasMessageContaining("refuses");
      assertThat(file.healthy()).isFalse();
      assertThat(HashChainFile.verify(path, signer).fault()).isEmpty();
      written = file.entries();

      Files.delete(ballast);
      var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (!file.healthy() && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      assertThat(Chains.get(file.append(Chains.body(3))).seq()).isEqualTo(written + 1);
    }
    var check = HashChainFile.verify(path, signer);
    assertThat(check.fault()).isEmpty();
    assertThat(check.signedUpTo()).isEqualTo(written + 1);
  }

  private static void fill(Path ballast) {
    try (var out = Files.newOutputStream(ballast)) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }
}

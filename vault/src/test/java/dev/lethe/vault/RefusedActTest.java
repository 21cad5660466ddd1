package dev.lethe.vault;

import static dev.lethe.vault.RunningVault.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.NoticeReceiver;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.redis.SubjectCopies;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Acts that a full disk refuses are made to nobody. Needs the right to mount a tmpfs. */
final class RefusedActTest {
  /** What waits of a withdrawal that has happened, in Redis: three names, three values. */
  private static final int PARTS = 6;

  @TempDir Path folder;
  private boolean mounted;
  private RunningVault vault;
  private People people;

  /** Takes nothing, so that everything goes on waiting. */
  private static final class Receiver implements NoticeDelivery {
    @Override
    public List<NoticeReceiver> receivers() {
      return List.of(new NoticeReceiver("crm", "https://crm.example", false));
    }

    @Override
    public Future<Answer> deliver(String receiver, String token) {
      return Future.succeededFuture(new Answer.Again("it is down"));
    }
  }

  private Path disk() {
    return folder.resolve("ledger");
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    return process.waitFor(20, TimeUnit.SECONDS) && process.exitValue() == 0;
  }

  @BeforeEach
  void start() throws Exception {
    Files.createDirectory(disk());
    mounted =
        run("sh", "-c", "exec mount -t tmpfs -o size=1m,mode=0700 tmpfs \"$0\"", disk().toString());
    assumeTrue(mounted, "SKIPPED: a tmpfs cannot be mounted here; this needs root on Linux");
    vault = new RunningVault(folder);
    vault.tell(new Receiver());
    vault.restart();
    people = new People(vault);
  }

  @AfterEach
  void stop() throws Exception {
    if (mounted) {
      vault.close();
      assertThat(run("umount", disk().toString())).isTrue();
    }
  }

  private void fill() throws IOException {
    try (var out = Files.newOutputStream(disk().resolve("ballast"))) {
      while (true) {
        out.write(new byte[4096]);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("space");
    }
  }

  private boolean withdraws(Caller caller) {
    return vault.ask(people.deciding(caller, Purpose.TRAINING)) instanceof Outcome.Done<?>;
  }

  private long waiting() {
    return vault
        .<VaultFigures>done(new VaultRequest.ReadFigures(vault.deadline()))
        .notices()
        .waiting();
  }

  @Test
  @Timeout(60)
  void noticeOfAWithdrawalThatWasRefusedGoesWhileTheDiskIsStillFull() throws Exception {
    var all = IntStream.range(0, 64).mapToObj(n -> people.settle("p" + n)).toList();
    fill();

    // The last block of the ledger has room for some.
    int made = 0;
    while (withdraws(all.get(made))) {
      made++;
    }
    while (waiting() != made) {
      await(vault.vertx().timer(50, TimeUnit.MILLISECONDS));
    }
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      assertThat(redis.copy("lethe:notices")).hasSize(made * PARTS);
    }
  }
}

package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.redis.IdentityHook;
import dev.lethe.vault.redis.RedisLanes;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.file.Path;
import java.time.Clock;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many change one person at once. */
final class ManyWritersTest {
  private static final int WRITERS = 300;
  private static final Pattern SCRIPTS = Pattern.compile("cmdstat_evalsha:calls=(\\d+)");

  @TempDir Path folder;

  /** Whoever loses a race begins again: without turns, all but one of them each time. */
  @Test
  void eachLosesOneRaceAtMost() {
    try (var vault = new RunningVault(folder)) {
      var people = new People(vault);
      var ada = people.settle("ada");
      var redis =
          new RedisLanes(
              vault.vertx(),
              "unix://" + folder.resolve("redis").resolve("redis.sock"),
              IdentityHook.NONE);
      int before = scripts(redis);
      var client = new VaultClient(vault.vertx(), Clock.systemUTC());

      var writes =
          IntStream.range(0, WRITERS)
              .mapToObj(n -> client.<Integer>ask(people.watching(ada, "m-" + n)))
              .toList();

      assertThat(RunningVault.await(Future.all(writes)).<Outcome<Integer>>list())
          .hasSize(WRITERS)
          .allMatch(write -> write instanceof Outcome.Done<Integer>);
      assertThat(people.items(ada)).hasSize(WRITERS + 1).doesNotHaveDuplicates();
      assertThat(scripts(redis) - before)
          .as("two scripts for each, and those of the vault's own clocks")
          .isBetween(WRITERS, 3 * WRITERS);
    }
  }

  /** Scripts that Redis has run so far. */
  private static int scripts(RedisLanes redis) {
    var info = RunningVault.await(redis.send(Request.cmd(Command.INFO).arg("commandstats")));
    var found = SCRIPTS.matcher(info.toString());
    assertThat(found.find()).isTrue();
    return Integer.parseInt(found.group(1));
  }
}

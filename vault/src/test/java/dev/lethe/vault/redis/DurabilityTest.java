package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import io.vertx.redis.client.impl.types.MultiType;
import io.vertx.redis.client.impl.types.NumberType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A server that does not let its files be rewritten. What servers from 7.2 on answer to {@code
 * WAITAOF} is put in between, where the one of the tests is older.
 */
final class DurabilityTest extends StoreInRedis {
  private final List<String> sent = new ArrayList<>();
  private String runId;

  @BeforeEach
  void refuse() {
    sent.clear();
    runId = await(store.runId());
    redis.command("ACL", "SETUSER", "default", "-bgrewriteaof");
  }

  @AfterEach
  void allow() {
    redis.command("ACL", "SETUSER", "default", "+@all");
    redis.command("CONFIG", "SET", "appendfsync", "always");
    redis.command("CONFIG", "SET", "no-appendfsync-on-rewrite", "no");
  }

  /** The real server but for {@code WAITAOF}. */
  private Future<Void> withWaitaof(Response answer) {
    Commands between =
        request -> {
          var command = request.command().toString();
          sent.add(command);
          if (!command.equalsIgnoreCase("WAITAOF")) {
            return lanes.send(request);
          }
          return answer instanceof ErrorType error
              ? Future.failedFuture(new RedisReplyException(error.toString()))
              : Future.succeededFuture(answer);
        };
    return new Durability(between, vertx).ensure(runId);
  }

  private static Response files(long synchronised) {
    var reply = MultiType.create(2, false);
    reply.add(NumberType.create(synchronised));
    reply.add(NumberType.create(0L));
    return reply;
  }

  private static Response unknown() {
    return ErrorType.create("ERR unknown command 'WAITAOF'");
  }

  @Test
  void aServerThatAnswersNoWriteBeforeItsDiskHasItNeedsNoRewrite() {
    await(store.ensureDurable(runId));
  }

  @ParameterizedTest
  @CsvSource({"appendfsync,everysec", "no-appendfsync-on-rewrite,yes"})
  void withoutThatItCannotBeShown(String setting, String value) {
    redis.command("CONFIG", "SET", setting, value);

    assertThatThrownBy(() -> await(withWaitaof(unknown())))
        .isInstanceOf(RewriteRefusedException.class)
        .hasMessageContaining("bgrewriteaof")
        .hasMessageContaining(setting);
  }

  @Test
  void aServerThatShowsNoSettingsCannotShowItEither() {
    redis.command("ACL", "SETUSER", "default", "-config");

    assertThatThrownBy(() -> await(withWaitaof(unknown())))
        .isInstanceOf(RewriteRefusedException.class);
  }

  @Test
  void theServersWordThatItsFileIsSynchronisedIsEnoughWhateverItsSettings() {
    redis.command("CONFIG", "SET", "appendfsync", "everysec");

    await(withWaitaof(files(1)));

    assertThat(sent).as("it vouches for a write of ours").containsSubsequence("incr", "WAITAOF");
  }

  @Test
  void aDiskThatIsBehindShowsNothing() {
    assertThatThrownBy(() -> await(withWaitaof(files(0))))
        .isInstanceOf(RedisUnavailableException.class);
  }

  @Test
  void anotherRunOfTheServerVouchesForNothing() {
    assertThatThrownBy(() -> await(store.ensureDurable("0".repeat(40))))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("another server");
  }

  @Test
  void whereTheRewritingIsAllowedItIsDone() {
    redis.command("ACL", "SETUSER", "default", "+bgrewriteaof");
    redis.command("CONFIG", "SET", "appendfsync", "everysec");

    await(withWaitaof(unknown()));

    assertThat(sent).contains("bgrewriteaof").doesNotContain("WAITAOF");
  }
}

package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class AofRewriteTest extends StoreInRedis {
  @Test
  void rewriteTakesErasedValuesOutOfTheFile() throws IOException {
    var secret = "find me in the file";
    await(
        store.change(
            P,
            change(Optional.empty(), new Stamp(1, 1, 1), Map.of("x", bytes(secret))),
            store.server()));
    await(erase(P, 1, "e1", 99));
    assertThat(appendOnlyFiles()).contains(secret);

    await(rewrite());

    assertThat(appendOnlyFiles()).doesNotContain(secret).contains("erasedAt");
  }

  @Test
  void rewritesAskedForAtOnceAllEnd() throws IOException {
    var first = rewrite();
    var second = rewrite();
    await(first);
    await(second);
    assertThat(appendOnlyFiles()).doesNotContain("nothing of this");
  }

  @Test
  void rewriteWithoutAnAppendOnlyFileFails() {
    redis.command("CONFIG", "SET", "appendonly", "no");
    try {
      assertThatThrownBy(() -> await(rewrite()))
          .isInstanceOf(RewriteRefusedException.class)
          .hasMessageContaining("appendonly");
    } finally {
      redis.command("CONFIG", "SET", "appendonly", "yes");
      // Turning it on writes the file anew: over before the next test.
      await(rewrite());
    }
  }

  private Future<Void> rewrite() {
    return new AofRewrite(lanes, vertx).run();
  }

  private String appendOnlyFiles() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(redis.dataDir().resolve("redis"))) {
      for (var file : files.filter(path -> path.toString().contains(".aof")).toList()) {
        all.append(Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}

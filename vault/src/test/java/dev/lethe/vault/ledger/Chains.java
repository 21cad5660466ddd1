package dev.lethe.vault.ledger;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Chains for tests. */
final class Chains {
  static final Instant NOW = Instant.parse("2026-11-24T06:33:33.120Z");
  static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  private Chains() {}

  static JsonObject body(int n) {
    return new JsonObject().put("n", n).put("text", "é\n\"" + n);
  }

  /** The bytes of a chain of that many entries. */
  static byte[] chain(int entries) {
    var bytes = new ByteArrayOutputStream();
    var head = ChainLine.NOTHING_BEFORE;
    for (var n = 1; n <= entries; n++) {
      var line = ChainLine.write(n, NOW, head, body(n).encode());
      bytes.writeBytes(line.bytes());
      head = line.entry().hash();
    }
    return bytes.toByteArray();
  }

  static <T> T get(Future<T> future) throws Exception {
    return later(future).get(20, TimeUnit.SECONDS);
  }

  static <T> CompletableFuture<T> later(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture();
  }
}

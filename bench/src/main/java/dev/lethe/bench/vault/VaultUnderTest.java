package dev.lethe.bench.vault;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.vault.Vault;
import dev.lethe.vault.VaultOptions;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.keys.KeystoreAccess;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.rotation.RotationRule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/** A vault in this process, with a Redis of its own, asked over the event bus. Calls block. */
public final class VaultUnderTest implements AutoCloseable {
  private static final Duration YEAR = Duration.ofDays(365);

  private final Path data;
  private final Vertx vertx = Vertx.vertx();
  private final Vault vault;
  private final VaultClient client;

  /**
   * @param data an empty folder, or one that an instance has left
   * @param passphrase of its keystore
   */
  public VaultUnderTest(Path data, String passphrase) {
    this.data = data;
    LocalCodec.register(vertx);
    var options =
        new VaultOptions(
            data,
            Optional.empty(),
            KeystorePlace.in(data.resolve("keystore")),
            new KeystoreAccess.Passphrase(passphrase),
            new RotationRule(YEAR, Duration.ZERO, false),
            new RetentionRule(1_000, YEAR),
            Clock.systemUTC(),
            "bench",
            NoticeDelivery.NONE);
    this.vault = started(options);
    this.client = new VaultClient(vertx, Clock.systemUTC());
  }

  private Vault started(VaultOptions options) {
    try {
      return Waiting.until(Vault.start(vertx, options));
    } catch (BenchException e) {
      Waiting.until(vertx.close());
      throw e;
    }
  }

  /** Settings of its Redis. */
  public Path redisConf() {
    return data.resolve("redis").resolve("redis.conf");
  }

  /** The request's answer, or a failure when it is refused. */
  public <T> Future<T> ask(VaultRequest request) {
    return client
        .<T>ask(request)
        .compose(
            outcome ->
                outcome instanceof Outcome.Done<T> done
                    ? Future.succeededFuture(done.value())
                    : Future.failedFuture(
                        new BenchException(
                            request.getClass().getSimpleName() + " answers " + outcome)));
  }

  @Override
  public void close() {
    Waiting.until(vault.stop());
    Waiting.until(vertx.close());
  }
}

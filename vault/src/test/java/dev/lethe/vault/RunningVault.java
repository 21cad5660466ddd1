package dev.lethe.vault;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.keys.KeystoreAccess;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.redis.Repetition;
import dev.lethe.vault.rotation.RotationRule;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A vault with a real Redis of its own in a folder, asked over a real bus. */
@SuppressWarnings("TypeParameterUnusedInFormals")
public final class RunningVault implements AutoCloseable {
  private static final long PATIENCE_SECONDS = 240;

  private final Path folder;
  private final Path keystore;
  private final Optional<String> redis;
  private final Clock clock;
  private final CrashPoint crash = new CrashPoint();
  private Duration grace;
  private Vertx vertx;
  private boolean backupRequired;
  private NoticeDelivery notices = NoticeDelivery.NONE;
  private Vault vault;
  private VaultClient client;

  public RunningVault(Path folder) {
    this(folder, Clock.systemUTC());
  }

  public RunningVault(Path folder, Clock clock) {
    this(folder, clock, Duration.ZERO);
  }

  /**
   * @param grace how long a rotation waits before it destroys the old epoch
   */
  public RunningVault(Path folder, Clock clock, Duration grace) {
    this(folder, folder.resolve("keystore"), Optional.empty(), clock, grace);
  }

  private RunningVault(
      Path folder, Path keystore, Optional<String> redis, Clock clock, Duration grace) {
    this.folder = folder;
    this.keystore = keystore;
    this.redis = redis;
    this.clock = clock;
    this.grace = grace;
    this.vertx = Vertx.vertx();
    LocalCodec.register(vertx);
    this.vault = await(Vault.start(vertx, options(), crash));
    this.client = new VaultClient(vertx, clock);
  }

  /** Another one on the Redis and the keystore of this one, with a copy of its ledger. */
  public RunningVault standby(Path data) {
    copy(folder.resolve("ledger"), data.resolve("ledger"));
    copy(folder.resolve("audit"), data.resolve("audit"));
    var socket = "unix://" + folder.resolve("redis").resolve("redis.sock");
    return new RunningVault(data, keystore, Optional.of(socket), clock, grace);
  }

  private static void copy(Path from, Path to) {
    try (var files = Files.walk(from)) {
      for (var file : files.toList()) {
        Files.createDirectories(to.getParent());
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** From the next start on, an old epoch stays until there is a backup under the new one. */
  public void requireBackups() {
    backupRequired = true;
  }

  /** Where this vault crashes. */
  CrashPoint crash() {
    return crash;
  }

  /** From the next start on, erasures and withdrawals are told. */
  public void tell(NoticeDelivery delivery) {
    notices = delivery;
  }

  private VaultOptions options() {
    return new VaultOptions(
        folder,
        redis,
        KeystorePlace.in(keystore),
        new KeystoreAccess.Passphrase("a passphrase for tests"),
        new RotationRule(Duration.ofDays(1), grace, backupRequired),
        new RetentionRule(1000, Duration.ofDays(365)),
        clock,
        "a controller",
        notices);
  }

  /** Stops and starts on the same folder, with another grace. */
  public void restart(Duration newGrace) {
    grace = newGrace;
    restart();
  }

  /** Stops and starts on the same folder. */
  public void restart() {
    close();
    crash.clear();
    vertx = Vertx.vertx();
    LocalCodec.register(vertx);
    vault = await(Vault.start(vertx, options(), crash));
    client = new VaultClient(vertx, clock);
  }

  public Vault vault() {
    return vault;
  }

  public Vertx vertx() {
    return vertx;
  }

  /** A viewer with a token of now. */
  public Caller caller(String subject) {
    return caller(subject, clock.instant().getEpochSecond());
  }

  public Caller caller(String subject, long issuedAt) {
    return new Caller(
        new SubjectRef("https://issuer.example", subject),
        new TokenRef(issuedAt, "token-of-" + subject + "-" + issuedAt),
        deadline(),
        "0123456789abcdef0123456789abcdef");
  }

  public Instant deadline() {
    return clock.instant().plusSeconds(PATIENCE_SECONDS);
  }

  public <T> Outcome<T> ask(VaultRequest request) {
    return await(client.<T>ask(request));
  }

  public <T> T done(VaultRequest request) {
    var outcome = this.<T>ask(request);
    if (outcome instanceof Outcome.Done<T> done) {
      return done.value();
    }
    throw new AssertionError(request.getClass().getSimpleName() + ": " + outcome);
  }

  public Outcome.Refusal refusal(VaultRequest request) {
    var outcome = this.<Object>ask(request);
    if (outcome instanceof Outcome.Refused<Object> refused) {
      return refused.reason();
    }
    throw new AssertionError("not refused: " + request.getClass().getSimpleName());
  }

  /** Rotates and waits for the end. */
  public Rotation rotate() {
    return when(startRotation(), rotation -> rotation.state() == Rotation.State.COMPLETE);
  }

  /** Starts a rotation; answers its id. */
  public String startRotation() {
    return this.<Rotation>done(new VaultRequest.StartRotation("tester", "test", deadline())).id();
  }

  /** Waits until a rotation is that far. */
  public Rotation when(String id, Predicate<Rotation> far) {
    var seen = new Rotation[1];
    await(
        Repetition.untilLast(
            () ->
                vertx
                    .timer(2, TimeUnit.MILLISECONDS)
                    .compose(
                        waited ->
                            client.<Rotation>ask(new VaultRequest.ReadRotation(id, deadline())))
                    .map(
                        outcome -> {
                          seen[0] = ((Outcome.Done<Rotation>) outcome).value();
                          return far.test(seen[0]);
                        })));
    return seen[0];
  }

  public static <T> T await(Future<T> future) {
    try {
      return future
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (java.util.concurrent.ExecutionException e) {
      throw new AssertionError(e.getCause());
    } catch (InterruptedException | java.util.concurrent.TimeoutException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    await(vault.stop());
    await(vertx.close());
  }
}

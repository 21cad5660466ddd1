package dev.lethe.vault;

import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.redis.EmbeddedRedis;
import dev.lethe.vault.redis.Installation;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/** Opens what a vault rests on, in order; what was opened before something failed is closed again. */
final class VaultOpening {
  private VaultOpening() {}

  static Future<Vault.Resources> open(Vertx vertx, VaultOptions options) {
    return vertx.executeBlocking(() -> open(vertx, options, new ArrayDeque<>()), false);
  }

  private static Vault.Resources open(Vertx vertx, VaultOptions options, Deque<Runnable> undo) {
    try {
      var keystore =
          Keystore.open(
              options.keystore(),
              options.passphrase().toCharArray(),
              options.clock(),
              new SecureRandom(),
              ReceiptSigner::newKey);
      var ledger = Ledger.open(options.data(), options.clock());
      undo.push(ledger::close);
      var audit = AuditLog.open(vertx, options.data(), options.clock());
      undo.push(audit::close);
      var redis =
          options.redisUri().isPresent()
              ? Optional.<EmbeddedRedis>empty()
              : Optional.of(EmbeddedRedis.start(options.data()));
      redis.ifPresent(own -> undo.push(own::stop));
      var lanes = new RedisLanes(vertx, options.redisUri().orElseGet(() -> redis.orElseThrow().uri()), redis);
      return new Vault.Resources(keystore, ledger, audit, redis, lanes);
    } catch (RuntimeException e) {
      undo.forEach(Runnable::run);
      throw e;
    }
  }

  /**
   * Makes sure that store, keystore and ledger belong together.
   *
   * @return fails when the store belongs to another installation, or is empty beside a keystore that is in use
   */
  static Future<Void> claim(Vertx vertx, SubjectStore store, Keystore keystore, Ledger ledger) {
    var mine = new Installation(keystore.installationId(), keystore.pepperFingerprint());
    return store
        .installation()
        .compose(
            found -> {
              if (found.isEmpty() && keystore.claimed()) {
                return Future.failedFuture(
                    new VaultException(
                        "Redis is empty, but this keystore has been used with one that was not; serving would make everybody look"
                            + " new. Restore Redis, or use the keystore that belongs to it"));
              }
              if (found.isPresent() && !found.get().equals(mine)) {
                return Future.failedFuture(
                    new VaultException(
                        "Redis belongs to another installation than this keystore; check which of the two is the wrong one"));
              }
              return found.isPresent() ? Future.succeededFuture() : store.install(mine);
            })
        .compose(
            claimed ->
                vertx.executeBlocking(
                    () -> {
                      keystore.markClaimed();
                      return true;
                    },
                    false))
        .compose(
            marked ->
                ledger.entries() > 0
                    ? Future.succeededFuture()
                    : ledger.append(new LedgerEntry.EpochCreated(keystore.ring().active())).mapEmpty());
  }

  static Future<Void> close(Vertx vertx, Vault.Resources resources) {
    return resources
        .lanes()
        .close()
        .transform(
            closed ->
                vertx.executeBlocking(
                    () -> {
                      resources.redis().ifPresent(EmbeddedRedis::stop);
                      resources.audit().close();
                      resources.ledger().close();
                      return true;
                    },
                    false))
        .mapEmpty();
  }
}

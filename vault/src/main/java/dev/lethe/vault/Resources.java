package dev.lethe.vault;

import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptKeys;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.HashChainFile;
import dev.lethe.vault.ledger.HeadsFile;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.EmbeddedRedis;
import io.vertx.core.Vertx;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What a vault rests on. Opening and closing block.
 *
 * @param node names this process among those that may use the same Redis
 * @param redis the vault's own server; empty when somebody else runs it
 */
record Resources(
    Keystore keystore,
    ReceiptSigner signer,
    Ledger ledger,
    AuditLog audit,
    HeadsFile heads,
    Optional<EmbeddedRedis> redis,
    String node) {
  private static final String ISSUER = "lethe";

  /** Its own Redis has no other process: what a crash left in the name of the last one is its. */
  private static final String ALONE = "alone";

  /** Opens everything in order; what was opened before something failed is closed again. */
  static Resources open(Vertx vertx, VaultOptions options) {
    var undo = new ArrayDeque<Runnable>();
    try {
      Installations.refuseLostKeystore(options.data(), options.keystore());
      var keystore =
          Keystore.open(
              options.keystore(),
              options.access(),
              options.clock(),
              new SecureRandom(),
              ReceiptSigner::newKey);
      Installations.refuseLostLedger(options.data(), keystore);
      var signer = new ReceiptSigner(ISSUER, keystore.receiptKey(), List.of());
      var heads = HeadsFile.in(options.keystore().folder());
      var ledger = Ledger.open(options.data(), options.clock(), signer);
      undo.push(ledger::close);
      var audit = AuditLog.open(vertx, options.data(), options.clock(), signer);
      undo.push(audit::close);
      heads.check(List.of(ledger.chain(), audit.chain()));
      ReceiptKeys.store(options.data(), signer.jwks());
      var redis =
          options.redisUri().isPresent()
              ? Optional.<EmbeddedRedis>empty()
              : Optional.of(EmbeddedRedis.start(options.data()));
      return new Resources(
          keystore, signer, ledger, audit, heads, redis, redis.isPresent() ? ALONE : newName());
    } catch (RuntimeException e) {
      undo.forEach(Runnable::run);
      throw e;
    }
  }

  /** Not kept: a copy of the data folder may be in use by a process that was given up too early. */
  private static String newName() {
    return UUID.randomUUID().toString();
  }

  /** The hash-chained files. */
  List<HashChainFile> chains() {
    return List.of(ledger.chain(), audit.chain());
  }

  boolean close() {
    redis.ifPresent(EmbeddedRedis::stop);
    audit.close();
    ledger.close();
    heads.note(chains());
    return true;
  }
}

package dev.lethe.vault;

import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.redis.Installation;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Store, keystore and ledger belong together: one installation id and one pepper. */
final class Installations {
  private static final int FORMAT = 1;

  private Installations() {}

  /**
   * Makes sure of it; the first use of an empty store with a new keystore binds the two.
   *
   * @return fails with {@link VaultException} when the store belongs to another installation, or is
   *     empty beside a keystore that is in use
   */
  static Future<Void> claim(Vertx vertx, SubjectStore store, Keystore keystore, Ledger ledger) {
    var mine = new Installation(keystore.installationId(), keystore.pepperFingerprint(), FORMAT);
    return store
        .installation()
        .compose(
            found ->
                keystore.claimed() && found.isEmpty()
                    ? refuseEmpty()
                    : store.claimInstallation(mine))
        .compose(standing -> standing.equals(mine) ? Future.succeededFuture() : refuseForeign())
        .compose(ours -> vertx.executeBlocking(() -> markClaimed(keystore), false))
        .compose(
            marked ->
                ledger.entries() > 0
                    ? Future.succeededFuture()
                    : ledger
                        .append(new LedgerEntry.EpochCreated(keystore.ring().active()))
                        .mapEmpty());
  }

  private static boolean markClaimed(Keystore keystore) {
    keystore.markClaimed();
    return true;
  }

  private static Future<Installation> refuseEmpty() {
    return Future.failedFuture(
        new VaultException(
            "Redis is empty, but the keystore has been used with one that was not: serving would make everybody look new."
                + " Restore Redis, or use a new keystore and data folder"));
  }

  private static Future<Void> refuseForeign() {
    return Future.failedFuture(
        new VaultException(
            "Redis belongs to another installation than the keystore: check which of the two is the wrong one"));
  }
}

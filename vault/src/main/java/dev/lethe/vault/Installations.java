package dev.lethe.vault;

import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.ChainHead;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.redis.Installation;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.Map;

/** Store, keystore and ledger belong together: one installation id and one pepper. */
final class Installations {
  private static final int FORMAT = 1;

  private Installations() {}

  /**
   * Makes sure of it; the first use of an empty store with a new keystore binds the two.
   *
   * @return fails with {@link VaultException} when the store belongs to another installation, or is
   *     empty beside a keystore that is in use, and with {@link
   *     dev.lethe.vault.ledger.LedgerBehindException} when the store knows entries of the ledger or
   *     audit log that are not in them
   */
  static Future<Void> claim(Vertx vertx, SubjectStore store, Resources resources) {
    var keystore = resources.keystore();
    var mine = new Installation(keystore.installationId(), keystore.pepperFingerprint(), FORMAT);
    return store
        .installation()
        .compose(
            found ->
                keystore.claimed() && found.isEmpty()
                    ? refuseEmpty()
                    : store.claimInstallation(mine))
        .compose(standing -> standing.equals(mine) ? Future.succeededFuture() : refuseForeign())
        .compose(ours -> store.heads().known())
        .compose(known -> vertx.executeBlocking(() -> check(resources, known), false))
        .compose(whole -> begin(resources.ledger(), keystore))
        // After the first entry: so a ledger beside a claimed keystore is never empty.
        .compose(begun -> vertx.executeBlocking(() -> markClaimed(keystore), false))
        .mapEmpty();
  }

  private static boolean check(Resources resources, Map<String, ChainHead> known) {
    for (var chain : resources.chains()) {
      var head = known.get(chain.name());
      if (head != null) {
        chain.require(head, "Redis");
      }
    }
    return true;
  }

  private static Future<Void> begin(Ledger ledger, Keystore keystore) {
    return ledger.entries() > 0
        ? Future.succeededFuture()
        : ledger.append(new LedgerEntry.EpochCreated(keystore.ring().active())).mapEmpty();
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

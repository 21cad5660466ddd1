package dev.lethe.vault;

import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.ledger.ChainHead;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.redis.Installation;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Store, keystore and ledger belong together: one installation id and one pepper. */
final class Installations {
  private static final int FORMAT = 1;

  private Installations() {}

  /**
   * Makes sure, before anything is made or opened, that no part of a used installation is gone.
   *
   * @throws VaultException when the ledger was used and its keystore is missing
   */
  static void refuseLostKeystore(Path data, KeystorePlace keystore) {
    if (!keystore.exists() && wasUsed(Ledger.file(data))) {
      throw new VaultException(
          "there is no keystore in "
              + keystore.folder()
              + ", but the ledger of this data folder was used with one: put the keystore back, or use a new data folder");
    }
  }

  /**
   * Makes sure, before a ledger is made, that none is missing: without it, what was erased or
   * withdrawn could come back.
   *
   * @throws VaultException when the keystore was used and the ledger is missing or empty
   */
  static void refuseLostLedger(Path data, Keystore keystore) {
    if (keystore.claimed() && !wasUsed(Ledger.file(data))) {
      throw lostLedger(Ledger.file(data));
    }
  }

  private static boolean wasUsed(Path ledger) {
    try {
      return Files.exists(ledger) && Files.size(ledger) > 0;
    } catch (IOException e) {
      throw new VaultException("the ledger " + ledger + " cannot be read: " + e.getMessage());
    }
  }

  private static VaultException lostLedger(Path ledger) {
    return new VaultException(
        "the ledger "
            + ledger
            + " is missing or empty, but the keystore has been used with one: put the ledger back, or use a new keystore, Redis"
            + " and data folder");
  }

  /**
   * Makes sure of it; the first use of an empty store with a new keystore binds the two. The ledger
   * is begun before the keystore says that it was used, so a used keystore beside an empty ledger
   * is never the work of a crash.
   *
   * @return fails with {@link VaultException} when the store belongs to another installation or a
   *     newer program, or is empty beside a keystore that is in use, and with {@link
   *     dev.lethe.vault.ledger.LedgerBehindException} when the store knows entries of the ledger or
   *     audit log that are not in them
   */
  static Future<Void> claim(Vertx vertx, SubjectStore store, Resources resources) {
    var keystore = resources.keystore();
    var mine = new Installation(keystore.installationId(), keystore.pepperFingerprint(), FORMAT);
    var installations = store.installations();
    return installations
        .owner()
        .compose(
            found ->
                keystore.claimed() && found.isEmpty() ? refuseEmpty() : installations.claim(mine))
        .compose(standing -> standing.equals(mine) ? Future.succeededFuture() : refuse(standing))
        .compose(ours -> store.heads().known())
        .compose(known -> vertx.executeBlocking(() -> check(resources, known), false))
        .compose(whole -> begin(resources.ledger(), keystore))
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

  private static Future<Void> refuse(Installation standing) {
    return Future.failedFuture(
        new VaultException(
            standing.format() == FORMAT
                ? "Redis belongs to another installation than the keystore: check which of the two is the wrong one"
                : "Redis has format "
                    + standing.format()
                    + ", which this version of Lethe does not know; use the version that wrote it"));
  }
}

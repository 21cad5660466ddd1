package dev.lethe.vault;

import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.keys.KeystoreAccess;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.rotation.RotationRule;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/**
 * What a vault is started with.
 *
 * @param data folder of ledger, audit log and embedded Redis
 * @param redisUri of a server that somebody else runs; without one the vault runs its own
 * @param keystore its folder and mirrors, never part of a backup of Redis
 * @param access what opens the keystore
 * @param controller who decides about the processing, as receipts and exports name it
 * @param notices who is told of erasures and withdrawals, and how
 */
public record VaultOptions(
    Path data,
    Optional<String> redisUri,
    KeystorePlace keystore,
    KeystoreAccess access,
    RotationRule rotation,
    RetentionRule retention,
    Clock clock,
    String controller,
    NoticeDelivery notices) {
  @Override
  public String toString() {
    return "VaultOptions[data=" + data + ", keystore=" + keystore + "]";
  }
}

package dev.lethe.vault;

import dev.lethe.vault.api.ChainCheck;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.ledger.Ledger;
import java.nio.file.Path;

/** Verifies the hash-chained files of a data folder, whether or not a vault runs on it. Blocks. */
public final class VaultChains {
  private VaultChains() {}

  public static ChainCheck ledger(Path data) {
    return Ledger.verify(data);
  }

  public static ChainCheck audit(Path data) {
    return AuditLog.verify(data);
  }
}

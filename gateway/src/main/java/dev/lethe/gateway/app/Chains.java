package dev.lethe.gateway.app;

import dev.lethe.vault.VaultChains;
import java.nio.file.Path;

/** Checks the hash chains of ledger and audit log in a data folder. */
final class Chains implements ChainsCheck {
  @Override
  public Report check(Path data) {
    var ledger = VaultChains.ledger(data);
    var audit = VaultChains.audit(data);
    return new Report(
        "ok: ledger " + ledger.entries() + " entries, audit log " + audit.entries() + " entries",
        ledger
            .fault()
            .map(fault -> "ledger: " + fault)
            .or(() -> audit.fault().map(fault -> "audit log: " + fault)));
  }
}

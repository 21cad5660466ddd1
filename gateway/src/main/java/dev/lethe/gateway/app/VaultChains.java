package dev.lethe.gateway.app;

import dev.lethe.vault.api.ChainCheck;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks the chains that a vault writes. */
final class VaultChains implements ChainsCheck {
  @Override
  public Report check(Path data) {
    if (!Files.exists(Ledger.file(data)) || !Files.exists(AuditLog.file(data))) {
      throw new FailedException("no ledger and audit log in " + data);
    }
    var ledger = Ledger.verify(data);
    var audit = AuditLog.verify(data);
    return new Report(
        "ok: ledger "
            + ledger.entries()
            + " entries, head "
            + ledger.head()
            + "; audit log "
            + audit.entries()
            + " entries, head "
            + audit.head(),
        fault("ledger", ledger).or(() -> fault("audit log", audit)));
  }

  private static Optional<String> fault(String name, ChainCheck check) {
    return check.fault().map(fault -> name + " broken: " + fault);
  }
}

package dev.lethe.gateway.app;

import dev.lethe.vault.api.ChainCheck;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptKeys;
import dev.lethe.vault.ledger.Ledger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Checks the chains that a vault writes, with the public keys that lie beside them. */
final class VaultChains implements ChainsCheck {
  @Override
  public Report check(Path data) {
    if (!Files.exists(Ledger.file(data)) || !Files.exists(AuditLog.file(data))) {
      throw new FailedException("no ledger and audit log in " + data);
    }
    var keys = ReceiptKeys.read(data);
    var ledger = Ledger.verify(data, keys);
    var audit = AuditLog.verify(data, keys);
    return new Report(
        "ok: ledger " + summary(ledger) + "; audit log " + summary(audit),
        fault("ledger", ledger).or(() -> fault("audit log", audit)));
  }

  private static String summary(ChainCheck check) {
    return "%d entries, head %s, signed up to entry %d"
        .formatted(check.entries(), check.head(), check.signedUpTo());
  }

  private static Optional<String> fault(String name, ChainCheck check) {
    return check.fault().map(fault -> name + " broken: " + fault);
  }
}

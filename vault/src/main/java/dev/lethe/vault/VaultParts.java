package dev.lethe.vault;

import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.rotation.Rotations;
import io.vertx.core.Future;
import java.util.Map;

/** What answers the vault's requests; shared by its verticles. */
record VaultParts(
    Disclosures disclosures,
    ProfileRequests profile,
    ConsentRequests consents,
    OwnerRequests owners,
    Erasures erasures,
    Rotations rotations,
    AuditLog audit,
    ReceiptSigner signer,
    SubjectStore store,
    Ledger ledger,
    Keystore keystore) {

  Future<VaultHealth> health() {
    return store
        .runId()
        .map(runId -> true)
        .otherwise(false)
        .map(
            redis ->
                new VaultHealth(
                    Map.of(
                        "redis",
                        redis,
                        "ledger",
                        ledger.healthy() && audit.healthy(),
                        "keystore",
                        keystore.healthy())));
  }
}

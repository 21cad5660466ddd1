package dev.lethe.vault;

import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultHealth;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.erasure.ErasureWatch;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.erasure.Purge;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.notice.Notices;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.rotation.Epochs;
import dev.lethe.vault.rotation.Exposures;
import dev.lethe.vault.rotation.Nodes;
import dev.lethe.vault.rotation.Rotations;
import dev.lethe.vault.rotation.ServingLatency;
import io.vertx.core.Future;
import java.util.Map;

/** What answers the vault's requests; shared by its verticles. */
record VaultParts(
    Disclosures disclosures,
    TrainingRequests training,
    RankingReceipts receipts,
    ProfileRequests profile,
    ConsentRequests consents,
    OwnerRequests owners,
    ErasureRequests erasing,
    StateRequests states,
    ImportRequests imports,
    Erasures erasures,
    ErasureWatch watch,
    Purge purge,
    Notices notices,
    Nodes nodes,
    Rotations rotations,
    Epochs epochs,
    Exposures exposures,
    ServingLatency serving,
    AuditLog audit,
    ReceiptSigner signer,
    SubjectStore store,
    Ledger ledger,
    Keystore keystore,
    KeystoreProbe keystoreProbe,
    Sealer sealer) {

  /** Writes an entry of the audit log, with viewers as pseudonyms. */
  Future<Long> audit(VaultRequest.Audit entry) {
    return audit.append(name(entry.actor()), entry.action(), name(entry.target()), entry.outcome());
  }

  private String name(AuditName name) {
    return name instanceof AuditName.Viewer viewer
        ? keystore.pseudonyms().of(viewer.subject())
        : ((AuditName.Clear) name).text();
  }

  Future<VaultHealth> health() {
    return Future.all(redisUp(), keystoreProbe.up())
        .map(
            both ->
                new VaultHealth(
                    Map.of(
                        "redis",
                        both.resultAt(0),
                        "ledger",
                        ledger.healthy() && audit.healthy(),
                        "keystore",
                        both.resultAt(1),
                        "sealing",
                        nodes.maySeal())));
  }

  private Future<Boolean> redisUp() {
    return store.runId().map(runId -> true).otherwise(false);
  }

  Future<VaultFigures> figures() {
    return redisUp()
        .map(
            redis ->
                new VaultFigures(
                    redis,
                    new VaultFigures.Chain(ledger.healthy(), ledger.entries()),
                    audit.healthy(),
                    ledger.index().pending(),
                    ledger.index().states(),
                    watch.overdue(purge.refused()),
                    notices.figures(),
                    keystore.ring().active(),
                    rotations.latest(),
                    disclosures.asked(),
                    sealer.refused()));
  }
}

package dev.lethe.vault.erasure;

import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.ledger.ErasureRecord;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Shows an erasure with the receipts of its stages, made anew from the ledger each time: the same
 * entries give the same bytes.
 */
public record ErasureView(ReceiptSigner signer) {
  static final String INACCESSIBLE = "inaccessible";
  static final String PURGED = "purged";
  static final String UNRECOVERABLE = "unrecoverable";

  /**
   * An erasure as its owner sees it. What waited for a legal hold could promise nothing at first:
   * then the second receipt carries the promise, and the first stays what it was.
   *
   * @throws IllegalStateException when Redis is not changed yet: there is nothing to attest
   */
  public Erasure of(ErasureRecord record) {
    var inaccessible =
        record
            .inaccessibleAt()
            .orElseThrow(() -> new IllegalStateException("this erasure is not carried out yet"));
    var by = record.erased().map(ErasureRecord.Erased::by);
    var modelBy = record.modelBy();
    boolean waited = record.withheld().isPresent();
    return new Erasure(
        record.erasureId(),
        record.held(),
        waited
            ? new Erasure.Stage(
                inaccessible,
                signer.heldErasure(
                    record.pseudonym(),
                    record.erasureId(),
                    INACCESSIBLE,
                    inaccessible,
                    record.withheld().flatMap(ErasureRecord.Withheld::modelBy)))
            : stage(record, INACCESSIBLE, inaccessible, by, modelBy),
        record
            .purgedAt()
            .map(at -> waited ? stage(record, PURGED, at, by, modelBy) : stage(record, PURGED, at)),
        new Erasure.Unrecoverable(
            by, record.unrecoverableAt().map(at -> stage(record, UNRECOVERABLE, at))),
        modelBy,
        List.of());
  }

  private Erasure.Stage stage(ErasureRecord record, String stage, Instant at) {
    return stage(record, stage, at, Optional.empty(), Optional.empty());
  }

  private Erasure.Stage stage(
      ErasureRecord record,
      String stage,
      Instant at,
      Optional<Instant> by,
      Optional<Instant> modelBy) {
    return new Erasure.Stage(
        at, signer.erasure(record.pseudonym(), record.erasureId(), stage, at, by, modelBy));
  }
}

package dev.lethe.vault.erasure;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.redis.EraseResult;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What an erasure does to Redis: everything out, or, while the person is under a legal hold, put
 * aside with no grant but {@code self}, and without what was counted in training. Each may be done
 * again.
 */
record ErasureScripts(
    SubjectStore store, Keystore keystore, LedgerIndex ledger, DeletionPromise promise) {
  /** What no hold keeps. */
  private static final List<String> NOT_HELD =
      Stream.concat(Purpose.consentables().map(Sealer::grantField), Stream.of(Sealer.CONTRIBUTION))
          .toList();

  /**
   * Answers what the ledger is to be told.
   *
   * @param modelBy when nothing served is learned from the person any more; empty when it is not
   *     now
   */
  Future<LedgerEntry> run(ErasureRecord record, Optional<Instant> modelBy) {
    // What is done is done again on any version: a restored copy may be of any.
    var onlyAt = record.inaccessibleAt().isPresent() ? OptionalLong.empty() : record.onlyAt();
    var hold = ledger.hold(record.pseudonym()).filter(held -> record.life() >= held.life());
    return hold.isPresent() && record.erased().isEmpty()
        ? withhold(record, onlyAt, hold.get().life(), modelBy)
        : erase(record, onlyAt, modelBy);
  }

  private Future<LedgerEntry> withhold(
      ErasureRecord record, OptionalLong onlyAt, long from, Optional<Instant> modelBy) {
    var id = record.erasureId();
    return store
        .holds()
        .withhold(
            record.pseudonym(),
            record.life(),
            id,
            record.tokenIssuedBefore(),
            record.tokenDigest().getBytes(US_ASCII),
            onlyAt,
            from,
            NOT_HELD)
        .map(
            result ->
                result instanceof EraseResult.Changed
                    ? new LedgerEntry.EraseLapsed(id)
                    : new LedgerEntry.Withheld(id, modelBy));
  }

  private Future<LedgerEntry> erase(
      ErasureRecord record, OptionalLong onlyAt, Optional<Instant> modelBy) {
    var id = record.erasureId();
    return store
        .erase(
            record.pseudonym(),
            record.life(),
            id,
            record.tokenIssuedBefore(),
            record.tokenDigest().getBytes(US_ASCII),
            onlyAt)
        .map(
            result -> {
              if (result instanceof EraseResult.Changed) {
                return new LedgerEntry.EraseLapsed(id);
              }
              // The highest under which any copy can stand. That is the active one even when what
              // was removed stood under an older: a server that failed, or was replaced by a
              // backup, may have had it resealed.
              int removed = result instanceof EraseResult.Erased erased ? erased.highestEpoch() : 0;
              int epoch = Math.max(removed, keystore.ring().active());
              return new LedgerEntry.Erased(id, epoch, promise.by(epoch), modelBy);
            });
  }
}

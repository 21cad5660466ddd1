package dev.lethe.vault.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the ledger knows of one erasure.
 *
 * @param life the life that it ended, with every earlier one
 * @param tokenIssuedBefore second since 1970; tokens issued in it or before are revoked
 * @param tokenDigest digest of the token that asked; empty for an administrator
 * @param onlyAt version of the person's hash, at which alone it is carried out
 * @param requestedAt when the intent was written
 * @param withheldAt once the data is put aside for a legal hold, inaccessible to all others
 * @param releasedAt once the hold has ended for which it was put aside
 * @param erased once Redis is changed
 * @param purgedAt once the files of Redis are rewritten
 * @param unrecoverableAt once the epoch is destroyed
 */
public record ErasureRecord(
    String erasureId,
    String pseudonym,
    long life,
    long tokenIssuedBefore,
    String tokenDigest,
    OptionalLong onlyAt,
    Instant requestedAt,
    Optional<Instant> withheldAt,
    Optional<Instant> releasedAt,
    Optional<Erased> erased,
    Optional<Instant> purgedAt,
    Optional<Instant> unrecoverableAt) {

  /**
   * Redis is changed, and holds nothing of the person any more.
   *
   * @param at when the data was inaccessible, unless it was withheld before
   * @param epoch the highest under which any copy of the person can stand
   * @param by when the erasure is promised to be unrecoverable
   * @param modelBy when nothing served is promised to be learned from the person any more; empty
   *     when nothing was at that time
   */
  public record Erased(Instant at, int epoch, Instant by, Optional<Instant> modelBy) {
    /** Of somebody whom nothing served is learned from. */
    public Erased(Instant at, int epoch, Instant by) {
      this(at, epoch, by, Optional.empty());
    }
  }

  static ErasureRecord requested(Instant at, LedgerEntry.Erase erase, OptionalLong onlyAt) {
    return new ErasureRecord(
        erase.erasureId(),
        erase.pseudonym(),
        erase.life(),
        erase.tokenIssuedBefore(),
        erase.tokenDigest(),
        onlyAt,
        at,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** When the data was inaccessible; empty as long as Redis is not changed. */
  public Optional<Instant> inaccessibleAt() {
    return withheldAt.or(() -> erased.map(Erased::at));
  }

  /**
   * Whether the data is put aside for a legal hold, or the script that removes it must still run.
   */
  public boolean held() {
    return withheldAt.isPresent() && erased.isEmpty();
  }

  /** Since when the script that removes the data has been due. */
  public Instant dueSince() {
    return releasedAt.orElse(requestedAt);
  }

  ErasureRecord withheld(Instant at) {
    return with(Optional.of(at), releasedAt, erased, purgedAt, unrecoverableAt);
  }

  ErasureRecord released(Instant at) {
    return with(withheldAt, Optional.of(at), erased, purgedAt, unrecoverableAt);
  }

  /** Whether no stage is ahead of it. */
  public boolean complete() {
    return purgedAt.isPresent() && unrecoverableAt.isPresent();
  }

  ErasureRecord erased(Erased stage) {
    return with(withheldAt, releasedAt, Optional.of(stage), purgedAt, unrecoverableAt);
  }

  ErasureRecord purged(Instant at) {
    return with(withheldAt, releasedAt, erased, Optional.of(at), unrecoverableAt);
  }

  ErasureRecord unrecoverable(Instant at) {
    return with(withheldAt, releasedAt, erased, purgedAt, Optional.of(at));
  }

  private ErasureRecord with(
      Optional<Instant> withheld,
      Optional<Instant> released,
      Optional<Erased> inaccessible,
      Optional<Instant> purged,
      Optional<Instant> unrecoverable) {
    return new ErasureRecord(
        erasureId,
        pseudonym,
        life,
        tokenIssuedBefore,
        tokenDigest,
        onlyAt,
        requestedAt,
        withheld,
        released,
        inaccessible,
        purged,
        unrecoverable);
  }
}

package dev.lethe.vault.ledger;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * What the ledger knows of one erasure.
 *
 * @param life the life that it ended, with every earlier one
 * @param tokenIssuedBefore second since 1970; tokens issued in it or before are revoked
 * @param tokenDigest digest of the token that asked; empty for an administrator
 * @param onlyAt version of the person's hash, at which alone it is carried out
 * @param requestedAt when the intent was written
 * @param withheld once the data is put aside for a legal hold, inaccessible to all others
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
    Optional<Withheld> withheld,
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

  /**
   * The data is put aside for a legal hold.
   *
   * @param modelBy when nothing served is promised to be learned from the person any more; empty
   *     when nothing was at that time
   */
  public record Withheld(Instant at, Optional<Instant> modelBy) {}

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
    return withheld.map(Withheld::at).or(() -> erased.map(Erased::at));
  }

  /**
   * Whether the data is put aside for a legal hold, or the script that removes it must still run.
   */
  public boolean held() {
    return withheld.isPresent() && erased.isEmpty();
  }

  /**
   * When nothing served is promised to be learned from the person any more; empty when nothing was
   * when they were put aside or erased.
   */
  public Optional<Instant> modelBy() {
    return Stream.concat(
            withheld.flatMap(Withheld::modelBy).stream(), erased.flatMap(Erased::modelBy).stream())
        .max(Comparator.naturalOrder());
  }

  /** Since when the script that removes the data has been due. */
  public Instant dueSince() {
    return releasedAt.orElse(requestedAt);
  }

  ErasureRecord withheld(Withheld stage) {
    return with(Optional.of(stage), releasedAt, erased, purgedAt, unrecoverableAt);
  }

  ErasureRecord released(Instant at) {
    return with(withheld, Optional.of(at), erased, purgedAt, unrecoverableAt);
  }

  /** Whether no stage is ahead of it. */
  public boolean complete() {
    return purgedAt.isPresent() && unrecoverableAt.isPresent();
  }

  ErasureRecord erased(Erased stage) {
    return with(withheld, releasedAt, Optional.of(stage), purgedAt, unrecoverableAt);
  }

  ErasureRecord purged(Instant at) {
    return with(withheld, releasedAt, erased, Optional.of(at), unrecoverableAt);
  }

  ErasureRecord unrecoverable(Instant at) {
    return with(withheld, releasedAt, erased, purgedAt, Optional.of(at));
  }

  private ErasureRecord with(
      Optional<Withheld> putAside,
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
        putAside,
        released,
        inaccessible,
        purged,
        unrecoverable);
  }
}

package dev.lethe.vault.subject;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.keys.EpochLease;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.ChangeResult;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.Optional;
import java.util.Set;

/**
 * What erasures put aside for legal holds. It is read for the hold, goes along with rotations, and
 * loses nothing to retention.
 */
public final class HeldSubjects {
  private final SubjectStore store;
  private final LedgerIndex ledger;
  private final Erasures erasures;
  private final Keystore keystore;
  private final Sealer sealer;
  private final Clock clock;

  public HeldSubjects(
      SubjectStore store,
      LedgerIndex ledger,
      Erasures erasures,
      Keystore keystore,
      Sealer sealer,
      Clock clock) {
    this.store = store;
    this.ledger = ledger;
    this.erasures = erasures;
    this.keystore = keystore;
    this.sealer = sealer;
    this.clock = clock;
  }

  /** What the erasure put aside; empty when nothing stands there. */
  public Future<Optional<OpenSubject>> open(ErasureRecord erasure) {
    return store
        .read(Place.held(erasure.pseudonym(), erasure.life()))
        .map(found -> found.map(stored -> open(erasure.pseudonym(), stored)));
  }

  /**
   * Brings what stands at a place under the active epoch.
   *
   * @param rekey whether it is sealed under new field keys as well
   * @return whether it stands there now; false when the race was lost
   */
  Future<Boolean> reseal(Place place, boolean rekey) {
    if (isOver(place)) {
      return erasures.reapplyReleases(place.pseudonym()).map(gone -> true);
    }
    var lease = keystore.ring().leaseActive();
    long server = store.server();
    return (rekey ? store.read(place) : store.read(place, OpenSubject.grantFields()))
        .compose(
            found ->
                found.isEmpty() || found.get().stamp().epoch() == lease.epoch()
                    ? Future.succeededFuture(true)
                    : reseal(place, found.get(), lease, rekey, server))
        .onComplete(ended -> lease.close());
  }

  private Future<Boolean> reseal(
      Place place, StoredSubject stored, EpochLease lease, boolean rekey, long server) {
    int epoch = lease.epoch();
    var subject = open(place.pseudonym(), stored);
    var stamp = stored.stamp();
    var revision = new Revision(subject, stamp.ver(), RetentionRule.EVERYTHING, clock.instant());
    var sealed =
        (rekey ? revision.rekey() : revision)
            .seal(epoch, keystore.ring(), new Acts(ledger).seen(subject))
            .toOwnerOnly();
    return store
        .change(
            place,
            new Change(
                Optional.of(stamp),
                new Stamp(stamp.life(), stamp.ver(), epoch),
                sealed.set(),
                sealed.remove(),
                Optional.empty(),
                lease.until()),
            server)
        .map(ChangeResult.Changed.class::isInstance);
  }

  /** Whether the ledger says that what stands at a place is erased, and so must go. */
  private boolean isOver(Place place) {
    return ledger.everWithheld(place.pseudonym()).stream()
        .filter(record -> record.life() == place.heldLife().orElseThrow())
        .anyMatch(record -> record.erased().isPresent());
  }

  /** Fails when what stands at a place does not open. */
  Future<Void> opens(Place place) {
    return store
        .read(place, OpenSubject.grantFields())
        .map(found -> found.map(stored -> open(place.pseudonym(), stored)))
        .mapEmpty();
  }

  /** What the keys of an epoch for a purpose could open of it. */
  Future<Optional<Set<Field>>> exposed(Place place, int epoch, Purpose purpose) {
    return store
        .read(place, OpenSubject.grantFields())
        .map(
            found ->
                found
                    .filter(stored -> stored.stoodUnder(epoch))
                    .map(stored -> open(place.pseudonym(), stored).granted(purpose)));
  }

  private OpenSubject open(String pseudonym, StoredSubject stored) {
    return Stored.open(pseudonym, stored, keystore.ring(), sealer);
  }
}

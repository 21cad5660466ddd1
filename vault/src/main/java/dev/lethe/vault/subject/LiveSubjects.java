package dev.lethe.vault.subject;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.EpochLease;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.ChangeResult;
import dev.lethe.vault.redis.Stamp;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * People in their present lives, as the vault deals with them on its own account: they go along
 * with rotations, and it looks at what their grants open.
 */
public final class LiveSubjects {
  private final SubjectStore store;
  private final LedgerGuard guard;
  private final Keystore keystore;
  private final Sealer sealer;
  private final Clock clock;

  public LiveSubjects(
      SubjectStore store, LedgerGuard guard, Keystore keystore, Sealer sealer, Clock clock) {
    this.store = store;
    this.guard = guard;
    this.keystore = keystore;
    this.sealer = sealer;
    this.clock = clock;
  }

  /**
   * Brings a person's grants under the active epoch and drops what retention no longer keeps.
   *
   * @param rekey whether what is stored is sealed under new field keys as well
   * @return whether it stands there now; false when the race was lost
   */
  Future<Boolean> reseal(String pseudonym, boolean rekey) {
    var lease = keystore.ring().leaseActive();
    long server = store.server();
    return (rekey ? guard.read(pseudonym) : guard.readGrants(pseudonym))
        .compose(
            found ->
                found.isEmpty()
                        || found.get().erased()
                        || found.get().stamp().epoch() == lease.epoch()
                    ? Future.succeededFuture(true)
                    : reseal(pseudonym, found.get(), lease, rekey, server))
        .onComplete(ended -> lease.close());
  }

  private Future<Boolean> reseal(
      String pseudonym, StoredSubject stored, EpochLease lease, boolean rekey, long server) {
    var subject = open(pseudonym, stored);
    var stamp = stored.stamp();
    var now = Instant.ofEpochMilli(clock.millis());
    var revision =
        new Revision(subject, stamp.ver(), guard.retention(subject.subject()), now).retire();
    var sealed =
        (rekey ? revision.rekey() : revision)
            .seal(lease.epoch(), keystore.ring(), guard.acts().seen(subject));
    return store
        .change(
            pseudonym,
            new Change(
                Optional.of(stamp),
                new Stamp(stamp.life(), sealed.version(), sealed.epoch()),
                sealed.set(),
                sealed.remove(),
                Optional.empty(),
                lease.until()),
            server)
        .map(ChangeResult.Changed.class::isInstance);
  }

  /**
   * Opens every grant of a person who is stored, and shows none to anybody.
   *
   * @return fails with {@code UnreadableException} when one does not open
   */
  Future<Void> opens(String pseudonym) {
    return grants(pseudonym, stored -> true)
        .compose(
            found -> {
              found.ifPresent(subject -> subject.requireGrants(keystore.ring()));
              return Future.succeededFuture();
            });
  }

  /**
   * What the keys of an epoch for a purpose could open of a person; empty when the person did not
   * stand under it.
   */
  Future<Optional<Set<Field>>> exposed(String pseudonym, int epoch, Purpose purpose) {
    return grants(pseudonym, stored -> stored.stoodUnder(epoch))
        .map(found -> found.map(subject -> subject.granted(purpose)));
  }

  /** Whether a life is the present one, and none of the fields is consented to for a purpose. */
  public Future<Boolean> withdrawn(SubjectLife life, Purpose purpose, Set<Field> fields) {
    return grants(life.pseudonym(), stored -> stored.stamp().life() == life.life())
        .map(
            found ->
                found
                    .filter(
                        subject -> Collections.disjoint(subject.consents().fields(purpose), fields))
                    .isPresent());
  }

  /** The person with the grants alone; empty for nobody, and unless it is one of those wanted. */
  private Future<Optional<OpenSubject>> grants(String pseudonym, Predicate<StoredSubject> wanted) {
    return guard
        .readGrants(pseudonym)
        .map(
            found ->
                found
                    .filter(stored -> !stored.erased())
                    .filter(wanted)
                    .map(stored -> open(pseudonym, stored)));
  }

  private OpenSubject open(String pseudonym, StoredSubject stored) {
    return Stored.open(pseudonym, stored, keystore.ring(), sealer);
  }
}

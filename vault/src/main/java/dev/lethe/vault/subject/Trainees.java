package dev.lethe.vault.subject;

import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TrainingPage;
import dev.lethe.vault.api.TrainingPage.Trainee;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.redis.Change;
import dev.lethe.vault.redis.ChangeResult;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.RedisUnavailableException;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.training.EpochTrainingSeal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Function;

/** Those who agreed to training, page by page, and what was counted of each. */
public final class Trainees {
  /** How many keys a step of a pass looks at: an event loop deals with them in one go. */
  private static final int PAGE = 16;

  private final SubjectStore store;
  private final LedgerGuard guard;
  private final Keystore keystore;
  private final Sealer sealer;
  private final EpochTrainingSeal seal;
  private final BooleanSupplier serving;

  /**
   * @param serving whether others are being served
   */
  public Trainees(
      SubjectStore store,
      LedgerGuard guard,
      Keystore keystore,
      Sealer sealer,
      EpochTrainingSeal seal,
      BooleanSupplier serving) {
    this.store = store;
    this.guard = guard;
    this.keystore = keystore;
    this.sealer = sealer;
    this.seal = seal;
    this.serving = serving;
  }

  /**
   * A page of them. Who cannot be read is left out.
   *
   * @param view what is shown of somebody who agreed; empty for nothing
   */
  public Future<TrainingPage> page(String cursor, Function<OpenSubject, Optional<Trainee>> view) {
    return store
        .scan(cursor, PAGE)
        .compose(
            page -> {
              var people =
                  page.places().stream()
                      .filter(place -> place.heldLife().isEmpty())
                      .map(Place::pseudonym)
                      .distinct()
                      .toList();
              return store
                  .together(
                      () -> Future.all(people.stream().map(who -> trainee(who, view)).toList()))
                  .map(
                      all ->
                          new TrainingPage(
                              all.<Optional<Trainee>>list().stream()
                                  .flatMap(Optional::stream)
                                  .toList(),
                              page.last() ? Optional.empty() : Optional.of(page.cursor()),
                              serving.getAsBoolean()));
            });
  }

  private Future<Optional<Trainee>> trainee(
      String pseudonym, Function<OpenSubject, Optional<Trainee>> view) {
    return guard
        .read(pseudonym)
        .map(found -> found.filter(stored -> !stored.erased()))
        .map(found -> found.map(stored -> open(pseudonym, stored)).flatMap(view))
        .recover(failure -> withoutThem(failure, Optional.empty()));
  }

  /** Keeps what is counted of people; answers for each whether it is kept. */
  public Future<List<Boolean>> keep(List<Contribution> contributions) {
    return store
        .together(() -> Future.all(contributions.stream().map(this::keep).toList()))
        .map(all -> all.list());
  }

  private Future<Boolean> keep(Contribution contribution) {
    var pseudonym = contribution.pseudonym();
    var plain = seal.contribution(pseudonym, contribution.life(), contribution.sealed());
    if (plain.isEmpty()) {
      return Future.succeededFuture(false);
    }
    var lease = keystore.ring().leaseActive();
    long server = store.server();
    return guard
        .readGrantsInLine(pseudonym)
        .compose(
            found ->
                found
                    .filter(stored -> !stored.erased() && isOf(stored, contribution))
                    .flatMap(stored -> change(pseudonym, stored, plain.get(), lease.until()))
                    .map(change -> store.change(pseudonym, change, server))
                    .map(changed -> changed.map(ChangeResult.Changed.class::isInstance))
                    .orElseGet(() -> Future.succeededFuture(false)))
        .recover(failure -> withoutThem(failure, false))
        .onComplete(ended -> lease.close());
  }

  /** Empty when the person does not agree any more. */
  private Optional<Change> change(
      String pseudonym, StoredSubject stored, byte[] counted, long until) {
    var subject = open(pseudonym, stored);
    return Optional.of(subject)
        .filter(this::agrees)
        .flatMap(person -> person.sealContribution(counted))
        .map(
            blob ->
                new Change(
                    Optional.of(stored.stamp()),
                    stored.stamp(),
                    Map.of(Sealer.CONTRIBUTION, blob),
                    Set.of(),
                    Optional.empty(),
                    until));
  }

  /** One person who cannot be read or changed keeps nobody else from being learned from. */
  private static <T> Future<T> withoutThem(Throwable failure, T instead) {
    return failure instanceof UnreadableException || failure instanceof RedisUnavailableException
        ? Future.succeededFuture(instead)
        : Future.failedFuture(failure);
  }

  private static boolean isOf(StoredSubject stored, Contribution contribution) {
    return stored.stamp().life() == contribution.life()
        && stored.stamp().ver() == contribution.version();
  }

  private boolean agrees(OpenSubject subject) {
    return !subject.consents().fields(Purpose.TRAINING).isEmpty()
        && !guard.isRestricted(subject.subject());
  }

  private OpenSubject open(String pseudonym, StoredSubject stored) {
    return Stored.open(pseudonym, stored, keystore.ring(), sealer);
  }
}

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
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.training.EpochTrainingSeal;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Those who agreed to training, page by page, and what was counted of each. */
public final class Trainees {
  /** How many keys a step of a pass looks at. */
  private static final int PAGE = 256;

  private final SubjectStore store;
  private final LedgerGuard guard;
  private final Keystore keystore;
  private final Sealer sealer;
  private final EpochTrainingSeal seal;

  public Trainees(
      SubjectStore store,
      LedgerGuard guard,
      Keystore keystore,
      Sealer sealer,
      EpochTrainingSeal seal) {
    this.store = store;
    this.guard = guard;
    this.keystore = keystore;
    this.sealer = sealer;
    this.seal = seal;
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
                              page.last() ? Optional.empty() : Optional.of(page.cursor())));
            });
  }

  private Future<Optional<Trainee>> trainee(
      String pseudonym, Function<OpenSubject, Optional<Trainee>> view) {
    return guard
        .read(pseudonym)
        .map(found -> found.filter(stored -> !stored.erased()))
        .map(found -> found.map(stored -> open(pseudonym, stored)).flatMap(view))
        .recover(
            failure ->
                failure instanceof UnreadableException
                    ? Future.succeededFuture(Optional.empty()) // told by the sealer
                    : Future.failedFuture(failure));
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
        .readGrants(pseudonym)
        .compose(
            found ->
                found
                    .filter(stored -> !stored.erased() && isOf(stored, contribution))
                    .filter(stored -> agrees(open(pseudonym, stored)))
                    .map(
                        stored ->
                            store
                                .change(
                                    pseudonym,
                                    new Change(
                                        Optional.of(stored.stamp()),
                                        stored.stamp(),
                                        Map.of(
                                            Sealer.CONTRIBUTION,
                                            open(pseudonym, stored).sealContribution(plain.get())),
                                        Set.of(),
                                        Optional.empty(),
                                        lease.until()),
                                    server)
                                .map(ChangeResult.Changed.class::isInstance))
                    .orElseGet(() -> Future.succeededFuture(false)))
        .onComplete(ended -> lease.close());
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
    return OpenSubject.open(Stored.sealedSubject(pseudonym, stored), keystore.ring(), sealer);
  }
}

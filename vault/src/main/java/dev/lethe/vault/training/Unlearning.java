package dev.lethe.vault.training;

import dev.lethe.vault.api.SealedForTraining;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.SealedSubject;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.StoredSubject;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Has people taken out of what was learned, before what was learned from is taken away. What a
 * trainer does not do in time it does by learning anew; nothing is kept from being taken away.
 */
public final class Unlearning {
  /** By then no trainer serves a model of before, whatever befell it. */
  public static final Duration PROMISE = Duration.ofDays(1);

  /** What a trainer may take of the time of whoever waits: less than half of it. */
  private static final Duration BUDGET = Duration.ofMillis(900);

  private static final List<String> FIELDS = fields();

  private final Vertx vertx;
  private final SubjectStore store;
  private final EpochKeys keys;
  private final Sealer sealer;
  private final EpochTrainingSeal seal;
  private final Clock clock;

  public Unlearning(
      Vertx vertx,
      SubjectStore store,
      EpochKeys keys,
      Sealer sealer,
      EpochTrainingSeal seal,
      Clock clock) {
    this.vertx = vertx;
    this.store = store;
    this.keys = keys;
    this.sealer = sealer;
    this.seal = seal;
    this.clock = clock;
  }

  private static List<String> fields() {
    var fields = new ArrayList<>(OpenSubject.grantFields());
    fields.add(Sealer.CONTRIBUTION);
    return List.copyOf(fields);
  }

  /**
   * Takes a life out of what was learned, by what is stored of it. Never fails, and takes no longer
   * than the budget and one reading.
   *
   * @return by when it is out; empty when it is
   */
  public Future<Optional<Instant>> unlearn(SubjectLife life) {
    return store
        .read(Place.of(life.pseudonym()), FIELDS)
        .compose(
            found ->
                found
                    .filter(stored -> !stored.erased() && stored.stamp().life() == life.life())
                    .map(stored -> ask(life, kept(life, stored), false))
                    // Gone already: what was counted of them is not known any more.
                    .orElseGet(() -> ask(life, Optional.empty(), true)))
        .recover(failure -> Future.succeededFuture(late()));
  }

  /** The same of somebody whose grant is open, within a time of which half may be taken. */
  public Future<Optional<Instant>> unlearn(OpenSubject subject, Instant deadline) {
    var half = Duration.between(clock.instant(), deadline).dividedBy(2);
    return Future.succeededFuture(subject)
        .compose(
            person ->
                ask(
                    person.subject(),
                    seal.kept(person),
                    false,
                    half.compareTo(BUDGET) < 0 ? half : BUDGET))
        .recover(failure -> Future.succeededFuture(late()));
  }

  private Optional<Instant> late() {
    return Optional.of(Instant.ofEpochMilli(clock.millis()).plus(PROMISE));
  }

  private Optional<SealedForTraining> kept(SubjectLife life, StoredSubject stored) {
    var stamp = stored.stamp();
    try {
      return seal.kept(
          OpenSubject.open(
              new SealedSubject(life, stamp.ver(), stamp.epoch(), stored.fields()), keys, sealer));
    } catch (UnreadableException e) {
      return Optional.empty(); // a trainer knows by itself whom it has counted
    }
  }

  private Future<Optional<Instant>> ask(
      SubjectLife life, Optional<SealedForTraining> counted, boolean unknown) {
    return ask(life, counted, unknown, BUDGET);
  }

  /**
   * @param unknown whether it is not known whether anything was counted
   */
  private Future<Optional<Instant>> ask(
      SubjectLife life, Optional<SealedForTraining> counted, boolean unknown, Duration budget) {
    return vertx
        .eventBus()
        .<Unlearn.Answer>request(
            Unlearn.ADDRESS,
            new Unlearn(life.pseudonym(), life.life(), counted),
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(Math.max(1, budget.toMillis())))
        .map(Message::body)
        .map(answer -> answer == Unlearn.Answer.GONE ? Optional.<Instant>empty() : late())
        .recover(
            failure -> {
              boolean nobody =
                  failure instanceof ReplyException reply
                      && reply.failureType() == ReplyFailure.NO_HANDLERS;
              return Future.succeededFuture(
                  nobody && counted.isEmpty() && !unknown ? Optional.empty() : late());
            });
  }
}

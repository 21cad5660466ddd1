package dev.lethe.vault.training;

import dev.lethe.vault.api.Purpose;
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

  /**
   * Takes a life out of what was learned, by what is stored of it. Never fails, and takes no longer
   * than the budget and one reading.
   *
   * @return by when it is out; empty when it is
   */
  public Future<Optional<Instant>> unlearn(SubjectLife life) {
    return store
        .read(Place.of(life.pseudonym()), OpenSubject.grantFields())
        .map(
            found ->
                found.filter(stored -> !stored.erased() && stored.stamp().life() == life.life()))
        .map(found -> found.map(stored -> counted(life, stored)).orElse(Counted.UNKNOWN))
        .compose(counted -> ask(life, counted, BUDGET))
        .recover(failure -> Future.succeededFuture(late()));
  }

  /** The same of somebody whose grant is open, within a time of which half may be taken. */
  public Future<Optional<Instant>> unlearn(OpenSubject subject, Instant deadline) {
    var half = Duration.between(clock.instant(), deadline).dividedBy(2);
    return Future.succeededFuture(subject)
        .map(this::counted)
        .compose(
            counted -> ask(subject.subject(), counted, half.compareTo(BUDGET) < 0 ? half : BUDGET))
        .recover(failure -> Future.succeededFuture(late()));
  }

  private Optional<Instant> late() {
    return Optional.of(Instant.ofEpochMilli(clock.millis()).plus(PROMISE));
  }

  /**
   * What is known here of what was counted of somebody.
   *
   * @param never whether they never decided about training, so that nothing was
   */
  private record Counted(Optional<SealedForTraining> kept, boolean never) {
    /** A trainer knows by itself whom it has counted. */
    static final Counted UNKNOWN = new Counted(Optional.empty(), false);
  }

  private Counted counted(SubjectLife life, StoredSubject stored) {
    var stamp = stored.stamp();
    try {
      return counted(
          OpenSubject.open(
              new SealedSubject(life, stamp.ver(), stamp.epoch(), stored.fields()), keys, sealer));
    } catch (UnreadableException e) {
      return Counted.UNKNOWN;
    }
  }

  private Counted counted(OpenSubject subject) {
    return new Counted(
        seal.kept(subject), !subject.consents().decisions().containsKey(Purpose.TRAINING));
  }

  private Future<Optional<Instant>> ask(SubjectLife life, Counted counted, Duration budget) {
    return vertx
        .eventBus()
        .<Unlearn.Answer>request(
            Unlearn.ADDRESS,
            new Unlearn(life.pseudonym(), life.life(), counted.kept()),
            new DeliveryOptions().setLocalOnly(true).setSendTimeout(Math.max(1, budget.toMillis())))
        .map(Message::body)
        .map(answer -> answer == Unlearn.Answer.GONE ? Optional.<Instant>empty() : late())
        .recover(
            failure -> {
              boolean nobody =
                  failure instanceof ReplyException reply
                      && reply.failureType() == ReplyFailure.NO_HANDLERS;
              return Future.succeededFuture(nobody && counted.never() ? Optional.empty() : late());
            });
  }
}

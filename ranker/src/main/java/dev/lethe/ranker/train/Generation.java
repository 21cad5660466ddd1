package dev.lethe.ranker.train;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;

/**
 * One training: those who are counted in it, what is learned from them, and those who leave.
 *
 * <p>Kept true: nobody who has left is in anything that is served from then on. Until it is learned
 * from, who leaves is not counted any more, or again; while it is, they wait and are forgotten
 * before it is served; then they are forgotten at once, those together who come while others are.
 *
 * <p>Confined to one event loop; the cohort to the worker that learns, until it is learned from,
 * and then with the model to the one that unlearns.
 */
final class Generation {
  private enum Phase {
    COUNTING,
    LEARNING,
    SERVED
  }

  private final long number;
  private final Instant begun;
  private final Cohort cohort;
  private final WorkerExecutor learning;
  private final WorkerExecutor unlearning;
  private final ServedModel served;

  private final Set<Long> members = new HashSet<>();

  /** Who left while it was counted: a page may still be under way that shows them as before. */
  private final Set<Long> left = new HashSet<>();

  private final List<LearnedModel.Leaving> leaving = new ArrayList<>();
  private Phase phase = Phase.COUNTING;
  private Optional<LearnedModel> model = Optional.empty();
  private boolean spoiled;

  /** What goes on in the worker. */
  private Future<Void> underWay = Future.succeededFuture();

  /** Whether somebody waits for what begins once that is over. */
  private boolean waiting;

  private Future<Boolean> last = Future.succeededFuture(true);

  /**
   * @param number higher than that of every one before
   * @param learning with one thread
   * @param unlearning with one thread
   * @param served confined to the thread that unlearns
   */
  Generation(
      long number,
      Instant begun,
      Cohort cohort,
      WorkerExecutor learning,
      WorkerExecutor unlearning,
      ServedModel served) {
    this.number = number;
    this.begun = begun;
    this.cohort = cohort;
    this.learning = learning;
    this.unlearning = unlearning;
    this.served = served;
  }

  long number() {
    return number;
  }

  /** As which catalogue's titles people are counted; its counts are the workers' alone. */
  Cohort cohort() {
    return cohort;
  }

  int people() {
    return members.size();
  }

  /** Whether somebody is not to be counted in any more. */
  boolean isSettled(long person) {
    return members.contains(person) || left.contains(person);
  }

  /** Whether it is not known any more who is in it. */
  boolean isSpoiled() {
    return spoiled;
  }

  /** Counts people in whose contributions are kept; nobody may leave until it is done. */
  Future<Void> add(Map<Long, Teacher> people) {
    return onCohort(() -> people.forEach(cohort::add))
        .onSuccess(counted -> members.addAll(people.keySet()));
  }

  /** Nobody is counted in from now on. */
  void close() {
    phase = Phase.LEARNING;
  }

  /** Serves what was learned, without those who have left meanwhile. */
  Future<Void> serve(Optional<LearnedModel> learned) {
    phase = Phase.SERVED;
    left.clear();
    model = learned;
    return forgetAll();
  }

  /**
   * Takes somebody out.
   *
   * @param counted what was counted of them; empty when that is not known
   * @return whether they are in nothing that is served
   */
  Future<Boolean> leave(long person, Optional<Counted> counted) {
    if (phase == Phase.COUNTING) {
      left.add(person);
    }
    if (spoiled) {
      return Future.succeededFuture(false);
    }
    if (!members.remove(person)) {
      return waiting ? last : underWay.map(true).otherwise(false);
    }
    if (counted.isEmpty()) {
      spoiled = true;
      return Future.succeededFuture(false);
    }
    if (phase == Phase.COUNTING) {
      return onCohort(() -> cohort.remove(person, counted.get())).map(true).otherwise(false);
    }
    leaving.add(new LearnedModel.Leaving(person, counted.get()));
    return phase == Phase.LEARNING ? Future.succeededFuture(true) : forgotten();
  }

  private Future<Void> onCohort(Runnable act) {
    return on(
        learning,
        () -> {
          act.run();
          return null;
        });
  }

  private Future<Boolean> forgotten() {
    if (!waiting) {
      waiting = true;
      last =
          underWay
              .transform(
                  before -> {
                    waiting = false;
                    return before.succeeded()
                        ? forgetAll()
                        : Future.<Void>failedFuture(before.cause());
                  })
              .map(true)
              .otherwise(false);
    }
    return last;
  }

  private Future<Void> forgetAll() {
    var together = List.copyOf(leaving);
    leaving.clear();
    underWay =
        on(
            unlearning,
            () -> {
              forget(together);
              return null;
            });
    return underWay;
  }

  /** What fails in between leaves nobody knowing who is counted. */
  private Future<Void> on(WorkerExecutor worker, Callable<Void> act) {
    // Unordered, which in a pool of one is in order: orders would be of this loop, for all pools.
    return worker.executeBlocking(act, false).onFailure(failed -> spoiled = true);
  }

  /** Runs on the worker. */
  private void forget(List<LearnedModel.Leaving> together) throws IOException {
    try {
      served.withdraw(number);
      if (model.isPresent() && !together.isEmpty()) {
        model.get().forget(together);
      }
      served.serve(number, begun, model.flatMap(LearnedModel::taught));
    } catch (IOException | RuntimeException | Error e) {
      model = Optional.empty(); // rather nothing learned than somebody who has left
      served.serve(number, begun, Optional.empty());
      throw e;
    }
  }
}

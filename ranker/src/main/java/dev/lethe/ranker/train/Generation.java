package dev.lethe.ranker.train;

import io.vertx.core.Future;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One training: those who are counted in it, what is learned from them, and those who leave.
 *
 * <p>Kept true: nobody who has left is in anything that is served from then on. Until it is learned
 * from, who leaves is not counted any more; while it is, they wait and are forgotten before it is
 * served; then they are forgotten at once, those together who come while others are.
 *
 * <p>Confined to one event loop; the model itself to one worker.
 */
final class Generation {
  private enum Phase {
    COUNTING,
    LEARNING,
    SERVED
  }

  private final long number;
  private final Cohort cohort;
  private final WorkerExecutor unlearning;
  private final ServedModel served;

  private final Set<Long> members = new HashSet<>();
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
   * @param number that no other training has
   * @param unlearning with one thread
   * @param served confined to that thread
   */
  Generation(long number, Cohort cohort, WorkerExecutor unlearning, ServedModel served) {
    this.number = number;
    this.cohort = cohort;
    this.unlearning = unlearning;
    this.served = served;
  }

  long number() {
    return number;
  }

  Cohort cohort() {
    return cohort;
  }

  int people() {
    return members.size();
  }

  boolean has(long person) {
    return members.contains(person);
  }

  /** Whether it is not known any more who is in it. */
  boolean isSpoiled() {
    return spoiled;
  }

  /** Counts somebody in whose contribution is kept. */
  void add(long person, Counted counted) {
    if (members.add(person)) {
      cohort.add(person, counted);
    }
  }

  /** Nobody is counted in from now on. */
  void close() {
    phase = Phase.LEARNING;
  }

  /** Serves what was learned, without those who have left meanwhile. */
  Future<Void> serve(Optional<LearnedModel> learned) {
    phase = Phase.SERVED;
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
    if (spoiled) {
      return Future.succeededFuture(false);
    }
    if (!members.remove(person)) {
      return underWay.map(true).otherwise(false);
    }
    if (counted.isEmpty()) {
      spoiled = true;
      return Future.succeededFuture(false);
    }
    if (phase == Phase.COUNTING) {
      return Future.succeededFuture(uncount(person, counted.get()));
    }
    leaving.add(new LearnedModel.Leaving(person, counted.get()));
    return phase == Phase.LEARNING ? Future.succeededFuture(true) : forgotten();
  }

  private boolean uncount(long person, Counted counted) {
    try {
      cohort.remove(person, counted);
    } catch (IllegalArgumentException e) {
      spoiled = true; // what is kept of this person is not what was counted
    }
    return !spoiled;
  }

  private Future<Boolean> forgotten() {
    if (!waiting) {
      waiting = true;
      last =
          underWay
              .transform(
                  before -> {
                    waiting = false;
                    return forgetAll();
                  })
              .map(true)
              .otherwise(false);
    }
    return last;
  }

  private Future<Void> forgetAll() {
    var left = List.copyOf(leaving);
    leaving.clear();
    underWay =
        unlearning
            .<Void>executeBlocking(
                () -> {
                  forget(left);
                  return null;
                })
            .onFailure(failed -> spoiled = true);
    return underWay;
  }

  /** Runs on the worker. */
  private void forget(List<LearnedModel.Leaving> left) throws IOException {
    served.withdraw();
    if (model.isPresent() && !left.isEmpty()) {
      model.get().forget(left);
    }
    served.serve(model.flatMap(LearnedModel::taught));
  }
}

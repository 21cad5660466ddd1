package dev.lethe.vault.rotation;

import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.ScanPage;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * One complete pass over everybody in the store, page by page. The next page is fetched while those
 * before are dealt with, so that the pipeline to the store does not run dry; what is in flight is
 * bounded by the pace, so memory does not grow with the number of people. Confined to the event
 * loop that it is run on.
 */
final class Pass {
  /** What every step goes through: it may be held, or end the pass with a failure. */
  @FunctionalInterface
  interface Gate {
    /**
     * Completes when the next step may be taken.
     *
     * @param rest to be waited in any case
     */
    Future<Void> open(Duration rest);
  }

  /** How many keys a step of the scan looks at. */
  private static final int PAGE = 1_024;

  private final SubjectStore store;
  private final Gate gate;
  private final Pace pace;
  private final int batch;
  private final Function<List<Place>, Future<Void>> work;
  private final Queue<List<Place>> waiting = new ArrayDeque<>();
  private final Promise<Void> end = Promise.promise();
  private String cursor = ScanPage.START;
  private boolean scanning;
  private boolean scanned;
  private boolean resting;
  private boolean rested;
  private boolean pumping;
  private int inFlight;

  /**
   * @param batch how many people are handed to the work at once, at most
   * @param work what is done with them; the pass fails with the first that fails
   */
  Pass(
      SubjectStore store,
      Gate gate,
      Pace pace,
      int batch,
      Function<List<Place>, Future<Void>> work) {
    this.store = store;
    this.gate = gate;
    this.pace = pace;
    this.batch = batch;
    this.work = work;
  }

  /** Waits, if there is anything to wait. */
  static Future<Void> rest(Vertx vertx, Duration rest) {
    return rest.isZero()
        ? Future.succeededFuture()
        : vertx.timer(rest.toMillis(), TimeUnit.MILLISECONDS).mapEmpty();
  }

  /** Runs; once. Fails with what stopped it: the store, the work or the gate. */
  Future<Void> run() {
    pump();
    return end.future();
  }

  private void pump() {
    if (pumping) {
      return; // called by a step that ended at once: the loop below goes on
    }
    pumping = true;
    boolean begun = true;
    while (begun && !end.future().isComplete()) {
      begun = scanWhenShort() || rest() || step();
    }
    pumping = false;
    if (scanned && waiting.isEmpty() && inFlight == 0) {
      end.tryComplete();
    }
  }

  private boolean scanWhenShort() {
    if (scanned || scanning || waiting.size() * batch >= PAGE) {
      return false;
    }
    scanning = true;
    store
        .scan(cursor, PAGE)
        .onComplete(
            page -> {
              scanning = false;
              if (page.succeeded()) {
                cursor = page.result().cursor();
                scanned = page.result().last();
                cut(page.result().places());
              }
              goOn(page);
            });
    return true;
  }

  private void cut(List<Place> people) {
    for (int from = 0; from < people.size(); from += batch) {
      waiting.add(List.copyOf(people.subList(from, Math.min(people.size(), from + batch))));
    }
  }

  /** Holds the pass when it has to wait; what is in flight goes on. */
  private boolean rest() {
    if (resting || rested || waiting.isEmpty()) {
      return false;
    }
    var open = gate.open(pace.rest());
    if (open.succeeded()) {
      return false;
    }
    resting = true;
    open.onComplete(
        opened -> {
          resting = false;
          rested = true;
          goOn(opened);
        });
    return true;
  }

  private boolean step() {
    if (resting || waiting.isEmpty() || inFlight >= pace.window()) {
      return false;
    }
    rested = false;
    var people = waiting.remove();
    inFlight += people.size();
    work.apply(people)
        .onComplete(
            done -> {
              inFlight -= people.size();
              goOn(done);
            });
    return true;
  }

  private void goOn(AsyncResult<?> ended) {
    if (ended.failed()) {
      end.tryFail(ended.cause());
    } else {
      pump();
    }
  }
}

package dev.lethe.vault.rotation;

import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Places;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongConsumer;

/**
 * The passes of a rotation over everybody in the store: one to reseal, and fresh ones to prove that
 * nobody is left.
 */
final class Reseal {
  private static final int TOGETHER = 16;
  private static final int LOOKED_AT_TOGETHER = 128;
  private static final int MAX_RACES = 100;

  private final SubjectStore store;
  private final Places places;
  private final Loops loops;
  private final RotationGate gate;
  private final Pace pace;
  private final boolean rekey;
  private final Sample sample;

  /** Whose grants do not open: nothing of them can be resealed, or lost any more. */
  private final Set<Place> unreadable = ConcurrentHashMap.newKeySet();

  /** Something of theirs does not open: it was resealed as it stands, under its old field keys. */
  private final Set<Place> notRekeyed = ConcurrentHashMap.newKeySet();

  /**
   * @param loops where people are resealed
   * @param rekey whether field keys are replaced too
   */
  Reseal(
      SubjectStore store,
      Places places,
      Loops loops,
      RotationGate gate,
      Pace pace,
      boolean rekey,
      Sample sample) {
    this.store = store;
    this.places = places;
    this.loops = loops;
    this.gate = gate;
    this.pace = pace;
    this.rekey = rekey;
    this.sample = sample;
  }

  Set<Place> unreadable() {
    return unreadable;
  }

  Set<Place> notRekeyed() {
    return notRekeyed;
  }

  /**
   * Brings everybody under the active epoch.
   *
   * @param progress told how many people were dealt with
   */
  Future<Void> all(LongConsumer progress) {
    return new Pass(
            store,
            gate,
            pace,
            TOGETHER,
            people -> each(people).onSuccess(done -> progress.accept(people.size())))
        .run();
  }

  private Future<Void> each(List<Place> people) {
    return people.isEmpty() ? Future.succeededFuture() : loops.begin(() -> eachHere(people));
  }

  private Future<Void> eachHere(List<Place> people) {
    var resealed = new ArrayList<Future<Void>>(people.size());
    return store.together(
        () -> {
          people.forEach(place -> resealed.add(one(place, rekey, MAX_RACES)));
          return Future.all(resealed).mapEmpty();
        });
  }

  private Future<Void> one(Place place, boolean renew, int races) {
    if (races == 0) {
      return Future.failedFuture(
          new IllegalStateException("somebody changes faster than they can be resealed"));
    }
    return places
        .reseal(place, renew)
        .compose(done -> done ? Future.<Void>succeededFuture() : one(place, renew, races - 1))
        .recover(
            failure -> {
              if (failure instanceof UnreadableException && renew) {
                notRekeyed.add(place);
                return one(place, false, MAX_RACES);
              }
              if (failure instanceof UnreadableException) {
                unreadable.add(place);
                return Future.succeededFuture();
              }
              return Future.failedFuture(failure);
            });
  }

  /**
   * Goes through everybody once and reseals whoever still stands under another epoch.
   *
   * @return how many there were; only a pass that finds nobody proves anything
   */
  Future<Long> verify(int epoch) {
    var behind = new Count();
    return new Pass(store, gate, pace, LOOKED_AT_TOGETHER, people -> verify(people, epoch, behind))
        .run()
        .compose(passed -> verifyMoving(epoch, behind))
        .map(done -> behind.value);
  }

  private Future<Void> verifyMoving(int epoch, Count behind) {
    var moving = places.moving();
    var done = Future.<Void>succeededFuture();
    for (int from = 0; from < moving.size(); from += LOOKED_AT_TOGETHER) {
      var some = moving.subList(from, Math.min(moving.size(), from + LOOKED_AT_TOGETHER));
      done =
          done.compose(before -> gate.open(pace.rest()))
              .compose(open -> verify(some, epoch, behind));
    }
    return done;
  }

  private static final class Count {
    private long value;
  }

  private Future<Void> verify(List<Place> people, int epoch, Count count) {
    return store
        .epochs(people)
        .compose(
            epochs -> {
              var behind = new ArrayList<Place>();
              for (int i = 0; i < people.size(); i++) {
                var place = people.get(i);
                var stands = epochs.get(i);
                if (unreadable.contains(place) || stands.isEmpty()) {
                  continue;
                }
                if (stands.getAsInt() == epoch) {
                  sample.offer(place);
                } else {
                  behind.add(place);
                }
              }
              count.value += behind.size();
              return each(behind);
            });
  }

  /** Opens those of the sample; fails with the first who does not open. */
  Future<Void> openSample() {
    var opened = sample.taken().stream().map(places::opens).toList();
    return Future.all(opened).mapEmpty();
  }
}

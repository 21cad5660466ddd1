package dev.lethe.vault.rotation;

import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
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
  private final Subjects subjects;
  private final RotationGate gate;
  private final Pace pace;
  private final boolean rekey;
  private final Sample sample;

  /** Whose grants do not open: nothing of them can be resealed, or lost any more. */
  private final Set<String> unreadable = new TreeSet<>();

  /** Something of theirs does not open: it was resealed as it stands, under its old field keys. */
  private final Set<String> notRekeyed = new TreeSet<>();

  /**
   * @param rekey whether field keys are replaced too
   */
  Reseal(
      SubjectStore store,
      Subjects subjects,
      RotationGate gate,
      Pace pace,
      boolean rekey,
      Sample sample) {
    this.store = store;
    this.subjects = subjects;
    this.gate = gate;
    this.pace = pace;
    this.rekey = rekey;
    this.sample = sample;
  }

  Set<String> unreadable() {
    return unreadable;
  }

  Set<String> notRekeyed() {
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

  private Future<Void> each(List<String> pseudonyms) {
    var resealed = new ArrayList<Future<Void>>(pseudonyms.size());
    pseudonyms.forEach(pseudonym -> resealed.add(one(pseudonym, rekey, MAX_RACES)));
    return Future.all(resealed).mapEmpty();
  }

  private Future<Void> one(String pseudonym, boolean renew, int races) {
    if (races == 0) {
      return Future.failedFuture(
          new IllegalStateException("somebody changes faster than they can be resealed"));
    }
    return subjects
        .reseal(pseudonym, renew)
        .compose(done -> done ? Future.<Void>succeededFuture() : one(pseudonym, renew, races - 1))
        .recover(
            failure -> {
              if (failure instanceof UnreadableException && renew) {
                notRekeyed.add(pseudonym);
                return one(pseudonym, false, MAX_RACES);
              }
              if (failure instanceof UnreadableException) {
                unreadable.add(pseudonym);
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
        .map(done -> behind.value);
  }

  private static final class Count {
    private long value;
  }

  private Future<Void> verify(List<String> people, int epoch, Count count) {
    return store
        .epochs(people)
        .compose(
            epochs -> {
              var behind = new ArrayList<String>();
              for (int i = 0; i < people.size(); i++) {
                var pseudonym = people.get(i);
                var stands = epochs.get(i);
                if (unreadable.contains(pseudonym) || stands.isEmpty()) {
                  continue;
                }
                if (stands.getAsInt() == epoch) {
                  sample.offer(pseudonym);
                } else {
                  behind.add(pseudonym);
                }
              }
              count.value += behind.size();
              return each(behind);
            });
  }

  /** Opens those of the sample; fails with the first who does not open. */
  Future<Void> openSample() {
    var opened = sample.taken().stream().map(subjects::opens).toList();
    return Future.all(opened).mapEmpty();
  }
}

package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.Taught;
import java.util.List;
import java.util.Optional;

/**
 * What was learned from a cohort, able to forget: what is served is at any time what those who are
 * left would have taught. Not safe for use by several threads.
 */
public final class LearnedModel {
  private final Trainer trainer;
  private final Cohort cohort;
  private final String version;
  private final Ease ease;

  /** Learned without what the examples are asked for. */
  private final Ease known;

  private Optional<Blend> blend;
  private int forgettings;

  LearnedModel(Trainer trainer, Cohort cohort, String version, Ease ease, Ease known, Blend blend) {
    this.trainer = trainer;
    this.cohort = cohort;
    this.version = version;
    this.ease = ease;
    this.known = known;
    this.blend = Optional.of(blend);
  }

  /**
   * Somebody to be forgotten.
   *
   * @param person the number under which they were counted in
   */
  record Leaving(long person, Counted counted) {}

  /**
   * Takes people out. Takes time with the square of the number of titles for each.
   *
   * @throws IllegalArgumentException when one of them was not counted in like that; they stay, and
   *     what is served must be learned anew
   */
  void forget(List<Leaving> people) {
    for (var leaving : people) {
      var taken = cohort.remove(leaving.person(), leaving.counted());
      ease.forget(leaving.counted().liked());
      known.forget(taken.liked());
    }
    blend = trainer.blend(cohort, known);
    forgettings++;
  }

  /** What is to be served now; empty when those who are left are too few. */
  public Optional<Taught> taught() {
    return blend.map(
        counts ->
            new Taught(trainer.learned(cohort.crowd(), ease, cohort.catalog(), name()), counts));
  }

  private String name() {
    return forgettings == 0 ? version : version + "-" + forgettings;
  }
}

package dev.lethe.ranker.eval;

/**
 * What people watched, cut in two: what is learned from, and what is then asked for. Titles are
 * numbers from 0 to titles - 1.
 *
 * @param train by person, different titles, in the order of time where it is known
 * @param test by person, as many as in {@code train}: different titles that are not in the person's
 *     train part; empty when nothing of a person was put aside
 */
public record Holdout(int titles, int[][] train, int[][] test) {
  public Holdout {
    if (train.length != test.length) {
      throw new IllegalArgumentException("train and test must have the same people");
    }
  }

  @Override
  public String toString() {
    return "Holdout[" + train.length + " people, " + titles + " titles]";
  }
}

package dev.lethe.ranker.eval;

/** What is evaluated: scores for somebody who watched something. */
@FunctionalInterface
interface Scorer {
  /**
   * Scores every title.
   *
   * @param watched different titles, in the order of time where it is known
   * @param scores by title, all 0; −∞ keeps a title off the list
   */
  void score(int[] watched, double[] scores);
}

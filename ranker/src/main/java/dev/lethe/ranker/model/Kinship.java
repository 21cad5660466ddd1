package dev.lethe.ranker.model;

/**
 * One way in which titles are akin to what somebody watched. What it says of a title is the sum
 * over the watched ones, up to rounding (below 1e-9).
 */
interface Kinship {
  double score(int title);

  /** Adds its score of each title of the catalogue, up to rounding. */
  void addScores(double[] sums);

  /** Adds what each watched title says to an amount each, from a place on. */
  void addAmounts(int title, double[] amounts, int from);
}

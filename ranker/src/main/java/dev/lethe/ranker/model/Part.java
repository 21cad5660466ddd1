package dev.lethe.ranker.model;

/**
 * What one part of a profile, or nobody's, adds to the score of a title. The amounts of its sources
 * sum to what it scores, up to rounding (below 1e-9).
 */
interface Part {
  double score(int title);

  /** Adds its score of each title of the catalogue, up to rounding. */
  void addScores(double[] sums);

  /** How many sources it has. */
  int sources();

  /** Writes what each source adds, from a place on. */
  void amounts(int title, double[] into, int from);

  /** One of its sources. */
  Source source(int number);
}

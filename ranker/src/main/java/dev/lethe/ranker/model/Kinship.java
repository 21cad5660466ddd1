package dev.lethe.ranker.model;

/**
 * One way in which titles are akin to what somebody watched. What it says of a title is the sum
 * over the watched ones, up to rounding (below 1e-9).
 */
interface Kinship {
  double score(int title);

  /** What the watched title at a place adds to it. */
  double amount(int title, int place);
}

package dev.lethe.ranker.model;

import java.util.function.Consumer;

/**
 * What one source adds to the score of a title. The terms that a part explains sum to what it
 * scores, up to rounding (below 1e-9).
 */
interface Part {
  double score(int title);

  void explain(int title, Consumer<Term> terms);
}

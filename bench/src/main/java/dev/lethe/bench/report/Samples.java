package dev.lethe.bench.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * What the runs of one thing measured.
 *
 * @param values in the order of the runs
 */
public record Samples(List<Double> values) {
  public Samples {
    values = List.copyOf(values);
  }

  /** What was measured once. */
  public static Samples of(double value) {
    return new Samples(List.of(value));
  }

  /** The middle one; of an even number, the mean of the two in the middle. */
  public double median() {
    var sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    int half = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(half)
        : (sorted.get(half - 1) + sorted.get(half)) / 2;
  }

  public double least() {
    return Collections.min(values);
  }

  public double most() {
    return Collections.max(values);
  }

  /** These over those measured beside them, run by run. */
  public Samples over(Samples others) {
    var ratios = new ArrayList<Double>();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / others.values().get(i));
    }
    return new Samples(ratios);
  }

  /** Median, and least and most in brackets. */
  public String format(String number) {
    return String.format(
        Locale.ROOT, number + " [" + number + " … " + number + "]", median(), least(), most());
  }
}

package dev.lethe.bench.report;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a figure is measured against.
 *
 * @param kind which side of the value is the good one
 * @param value in the unit of the figure
 * @param kept what even a short run on a busy machine keeps, on the same side; none for figures
 *     that say little there
 */
public record Goal(Kind kind, double value, OptionalDouble kept) {
  /** Which side of a value is the good one. */
  public enum Kind {
    AT_LEAST("≥"),
    AT_MOST("≤");

    private final String sign;

    Kind(String sign) {
      this.sign = sign;
    }

    private boolean holds(double measured, double value) {
      return this == AT_LEAST ? measured >= value : measured <= value;
    }
  }

  public static Goal atLeast(double value) {
    return new Goal(Kind.AT_LEAST, value, OptionalDouble.empty());
  }

  public static Goal atMost(double value) {
    return new Goal(Kind.AT_MOST, value, OptionalDouble.empty());
  }

  /** The same, and what a short run must keep. */
  public Goal keeping(double least) {
    return new Goal(kind, value, OptionalDouble.of(least));
  }

  /** Whether the median reaches it. */
  public boolean met(Samples samples) {
    return kind.holds(samples.median(), value);
  }

  /** Whether the median stays on the good side of what a short run must keep. */
  public boolean kept(Samples samples) {
    return kept.isEmpty() || kind.holds(samples.median(), kept.getAsDouble());
  }

  /** As in {@code ≥ 0.5}. */
  public String text() {
    return kind.sign + " " + plain(value);
  }

  /** What a short run must keep, in the same way. */
  public String keptText() {
    return kept.isEmpty() ? "" : kind.sign + " " + plain(kept.getAsDouble());
  }

  private static String plain(double number) {
    return number == Math.rint(number)
        ? String.format(Locale.ROOT, "%,.0f", number)
        : Double.toString(number);
  }
}

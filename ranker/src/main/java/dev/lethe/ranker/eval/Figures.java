package dev.lethe.ranker.eval;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.function.Consumer;

/** Results as lines of {@code name=value}. */
public final class Figures {
  private final Consumer<String> lines;

  /**
   * @param lines takes each line as soon as it is known
   */
  public Figures(Consumer<String> lines) {
    this.lines = lines;
  }

  void add(String name, double value) {
    lines.accept(String.format(Locale.ROOT, "%s=%.4f", name, value));
  }

  void add(String name, long value) {
    lines.accept(name + "=" + value);
  }

  /** With all its digits. */
  void exact(String name, double value) {
    lines.accept(name + "=" + digits(value));
  }

  /** All digits of a number, and no power of ten: {@code 0.00001}. */
  static String digits(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** The mean, and the ends of the interval as {@code .low} and {@code .high}. */
  void add(String name, Interval interval) {
    add(name, interval.mean());
    add(name + ".low", interval.low());
    add(name + ".high", interval.high());
  }
}

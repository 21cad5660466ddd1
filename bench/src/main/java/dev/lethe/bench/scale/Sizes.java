package dev.lethe.bench.scale;

import java.util.List;

/** Numbers of people that a figure is taken at. */
final class Sizes {
  private static final int FEW = 1_000;
  private static final int APART = 10;

  /** Below, the ends lie too close together to show anything. */
  static final int LEAST = 100;

  private Sizes() {}

  /**
   * 1,000, a round number half way by ratio, and the most; 1,000 is less where that is too close.
   *
   * @param most at least {@link #LEAST}
   */
  static List<Integer> upTo(int most) {
    int few = Math.min(FEW, most / APART);
    return List.of(few, rounded(Math.sqrt((double) few * most)), most);
  }

  /** To one digit and zeros. */
  private static int rounded(double number) {
    double unit = Math.pow(10, Math.floor(Math.log10(number)));
    return (int) (Math.round(number / unit) * unit);
  }
}

package dev.lethe.bench.report;

import java.util.List;
import java.util.Locale;

/** Bars of medians with a line from the least to the most, as SVG; one scale for each unit. */
final class BarChart {
  private static final int WIDTH = 900;
  private static final int LABELS = 380;
  private static final int LINE = 28;
  private static final int BAR = 16;
  private static final int FIGURES = 130;

  /** One of the bars. */
  record Bar(String what, String unit, Samples samples) {}

  private BarChart() {}

  static String svg(String title, List<Bar> bars) {
    var svg = new StringBuilder();
    int height = (bars.size() + 2) * LINE;
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="13">
        <rect width="100%%" height="100%%" fill="white"/>
        <text x="10" y="%d" font-size="16">%s: median, least to most</text>
        """
            .formatted(WIDTH, height, LINE - 8, escaped(title)));
    for (int i = 0; i < bars.size(); i++) {
      svg.append(bar(bars.get(i), scale(bars.get(i), bars), (i + 1) * LINE + 10));
    }
    return svg.append("</svg>\n").toString();
  }

  /** Points for each unit, so that the longest of it fits. */
  private static double scale(Bar bar, List<Bar> bars) {
    double most =
        bars.stream()
            .filter(other -> other.unit().equals(bar.unit()))
            .mapToDouble(other -> other.samples().most())
            .max()
            .orElse(1);
    return (WIDTH - LABELS - FIGURES) / Math.max(most, Double.MIN_NORMAL);
  }

  private static String bar(Bar bar, double scale, int top) {
    var samples = bar.samples();
    int middle = top + BAR / 2;
    return String.format(
        Locale.ROOT,
        """
        <text x="10" y="%d">%s</text>
        <rect x="%d" y="%d" width="%.1f" height="%d" fill="#4878a8"/>
        <line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="black"/>
        <text x="%.1f" y="%d">%.4g %s</text>
        """,
        top + BAR - 3,
        escaped(bar.what()),
        LABELS,
        top,
        samples.median() * scale,
        BAR,
        LABELS + samples.least() * scale,
        middle,
        LABELS + samples.most() * scale,
        middle,
        LABELS + samples.most() * scale + 6,
        top + BAR - 3,
        samples.median(),
        escaped(bar.unit()));
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;");
  }
}

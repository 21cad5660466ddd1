package dev.lethe.ranker.eval;

import dev.lethe.ranker.eval.Frontier.Point;
import java.util.Locale;
import java.util.stream.Collectors;

/** What privacy costs, drawn as SVG: NDCG by the logarithm of ε. */
final class FrontierChart {
  private static final int LEFT = 60;
  private static final int RIGHT = 560;
  private static final int TOP = 20;
  private static final int BOTTOM = 320;
  private static final double STEP = 0.1;

  private final Frontier frontier;

  /** Steps of NDCG, so that everything has room. */
  private final int steps;

  private FrontierChart(Frontier frontier) {
    this.frontier = frontier;
    double highest =
        frontier.points().stream()
            .mapToDouble(Point::high)
            .reduce(Math.max(frontier.plain(), frontier.popularity()), Math::max);
    steps = (int) (highest / STEP) + 1;
  }

  static String svg(Frontier frontier) {
    return new FrontierChart(frontier).svg();
  }

  private String svg() {
    var svg = new StringBuilder();
    svg.append(
        """
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 370" role="img"
         aria-labelledby="chart-title chart-desc" font-family="sans-serif" font-size="13" fill="currentColor">
        <title id="chart-title">NDCG of lists of ten by ε</title>
        <desc id="chart-desc">Means by ε, on a logarithmic axis, each with a line from the least to
        the most; and level lines for no privacy and popularity. The table below has all figures.</desc>
        """);
    for (int step = 0; step <= steps; step++) {
      svg.append(level(step * STEP, "stroke-opacity=\"0.2\""));
      svg.append(text(LEFT - 8, y(step * STEP) + 4, "end", format("%.1f", step * STEP)));
    }
    svg.append(named("no privacy", frontier.plain()));
    svg.append(named("popularity", frontier.popularity()));
    svg.append(
        frontier.points().stream()
            .map(point -> format("%.1f,%.1f", x(point), y(point.mean())))
            .collect(
                Collectors.joining(
                    " ",
                    "<polyline points=\"",
                    "\" fill=\"none\" stroke=\"var(--line)\" stroke-width=\"2\"/>\n")));
    frontier.points().forEach(point -> svg.append(mark(point)));
    svg.append(text((LEFT + RIGHT) / 2.0, BOTTOM + 42, "middle", "ε"));
    return svg.append("</svg>").toString();
  }

  private String named(String name, double value) {
    return level(value, "stroke-dasharray=\"6 4\"") + text(RIGHT + 8, y(value) + 4, "start", name);
  }

  private String level(double value, String style) {
    return format(
        "<line x1=\"%d\" x2=\"%d\" y1=\"%.1f\" y2=\"%.1f\" stroke=\"currentColor\" %s/>\n",
        LEFT, RIGHT, y(value), y(value), style);
  }

  /** Mean, least and most, and the ε below. */
  private String mark(Point point) {
    return format(
            """
            <line x1="%1$.1f" x2="%1$.1f" y1="%2$.1f" y2="%3$.1f" stroke="var(--line)"/>
            <circle cx="%1$.1f" cy="%4$.1f" r="3.5" fill="var(--line)"/>
            """,
            x(point), y(point.low()), y(point.high()), y(point.mean()))
        + text(x(point), BOTTOM + 20, "middle", Figures.digits(point.epsilon()));
  }

  private static String text(double x, double y, String anchor, String text) {
    return format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>\n", x, y, anchor, text);
  }

  private double x(Point point) {
    double first = Math.log(frontier.points().get(0).epsilon());
    double last = Math.log(frontier.points().get(frontier.points().size() - 1).epsilon());
    double margin = 30;
    return LEFT
        + margin
        + (RIGHT - LEFT - 2 * margin) * (Math.log(point.epsilon()) - first) / (last - first);
  }

  private double y(double value) {
    return BOTTOM - (BOTTOM - TOP) * value / (steps * STEP);
  }

  private static String format(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }
}

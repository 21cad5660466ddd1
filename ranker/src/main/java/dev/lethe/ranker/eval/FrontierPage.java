package dev.lethe.ranker.eval;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What privacy costs, as a page of its own: HTML that is XML too, without scripts, and nothing in
 * it is fetched from elsewhere.
 */
final class FrontierPage {
  private FrontierPage() {}

  static String of(Frontier frontier) {
    return String.format(
        Locale.ROOT,
        """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8"/>
        <meta name="viewport" content="width=device-width"/>
        <title>What differential privacy costs</title>
        <style>
        :root { color-scheme: light dark; --line: #2266aa; }
        @media (prefers-color-scheme: dark) { :root { --line: #77b5ee; } }
        body { font: 1rem/1.5 sans-serif; max-width: 45rem; margin: 2rem auto; padding: 0 1rem; }
        svg { width: 100%%; height: auto; }
        table { border-collapse: collapse; }
        th, td { padding: .2rem .8rem; text-align: right; border-bottom: 1px solid; }
        th:first-child { text-align: left; }
        </style>
        </head>
        <body>
        <h1>What differential privacy costs</h1>
        <p>How good lists of ten are (NDCG) when EASE is learned from %d people and %d titles with
        (ε, δ)-differential privacy, δ = %s. Noise was drawn %d times for each ε: mean, least and most.</p>
        %s
        <table>
        <thead><tr><th scope="col">ε</th><th scope="col">titles</th><th scope="col">mean</th>
        <th scope="col">least</th><th scope="col">most</th></tr></thead>
        <tbody>
        %s</tbody>
        </table>
        <h2>What is protected</h2>
        <p>Each person, with everything that was learned from of theirs: whoever sees what was learned,
        and knows everybody else, can hardly tell whether one person was among them. Whatever follows
        from that knowledge becomes more likely by a factor of e<sup>ε</sup> at most, but for a
        probability of δ. It does not matter what else is known, now or later.</p>
        <h2>What is not</h2>
        <p>How many people there are, and which titles, is taken for public; so is the choice of titles by
        how often they were rated, if there was one. Lists are made for people from their own titles as
        they are, and belong to these people. The figures on this page were measured on what people
        watched, without noise of their own, and so were both lines that they are compared with. Noise is
        drawn from a seed, so that anybody can repeat this: it measures what privacy would cost and
        releases nothing. The factor is 2.7 for ε = 1, and 2,981 for ε = 8.</p>
        </body>
        </html>
        """,
        frontier.people(),
        frontier.titles(),
        Figures.digits(frontier.delta()),
        Frontier.DRAWS,
        FrontierChart.svg(frontier),
        rows(frontier));
  }

  private static String rows(Frontier frontier) {
    var rows =
        frontier.points().stream()
            .map(
                point ->
                    row(
                        Figures.digits(point.epsilon()),
                        List.of(
                            Integer.toString(point.titles()),
                            figure(point.mean()),
                            figure(point.low()),
                            figure(point.high()))))
            .collect(Collectors.joining());
    String titles = Integer.toString(frontier.titles());
    return rows
        + row("no privacy", List.of(titles, figure(frontier.plain()), "", ""))
        + row("popularity", List.of(titles, figure(frontier.popularity()), "", ""));
  }

  private static String row(String name, List<String> figures) {
    var cells = figures.stream().map("<td>%s</td>"::formatted).collect(Collectors.joining());
    return "<tr><th scope=\"row\">" + name + "</th>" + cells + "</tr>\n";
  }

  private static String figure(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }
}

package dev.lethe.bench.scale;

import dev.lethe.bench.report.Goal;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/** One figure at several numbers of people, run by run in turns. */
final class Ladder {
  private final SortedMap<Integer, List<Double>> values = new TreeMap<>();

  /** Adds what the next run measured. */
  void add(int people, double value) {
    values.computeIfAbsent(people, first -> new ArrayList<>()).add(value);
  }

  /** The figure at each number of people, then the one at the most over each of the others. */
  void report(Report report, String what, String unit, String number, Goal ratio) {
    values.forEach(
        (people, runs) ->
            report.row("%s, %s people".formatted(what, text(people)), unit, number, samples(runs)));
    int most = values.lastKey();
    var ofMost = samples(values.getOrDefault(most, List.of()));
    values
        .headMap(most)
        .forEach(
            (people, runs) ->
                report.row(
                    "%s, %s : %s".formatted(what, text(most), text(people)),
                    "",
                    "%.2f",
                    ofMost.over(samples(runs)),
                    ratio));
  }

  private static Samples samples(List<Double> runs) {
    return new Samples(runs);
  }

  /** As in {@code 1,000}. */
  static String text(int people) {
    return String.format(Locale.ROOT, "%,d", people);
  }
}

package dev.lethe.bench.report;

import java.util.List;
import java.util.Optional;

/** Every figure with a goal, of all that was measured in one run. */
public final class TargetTable {
  private record Target(String bench, Row row, Goal goal) {}

  private final List<Target> targets;

  public TargetTable(List<Report> reports) {
    this.targets =
        reports.stream()
            .flatMap(
                report ->
                    report.rows().stream().flatMap(row -> target(report.name(), row).stream()))
            .toList();
  }

  private static Optional<Target> target(String bench, Row row) {
    return row.goal().map(goal -> new Target(bench, row, goal));
  }

  /** The table, with how many are met. */
  public String text() {
    var text = new StringBuilder("targets\n");
    for (var target : targets) {
      text.append(String.format("  %-10s%s%n", target.bench(), target.row().text()));
    }
    long met = targets.stream().filter(each -> each.goal().met(each.row().samples())).count();
    return text.append("  ")
        .append(met)
        .append(" of ")
        .append(targets.size())
        .append(" hold\n")
        .toString();
  }

  /** What fell under what even a short run keeps, a line each. */
  public List<String> fallen() {
    return targets.stream()
        .filter(target -> !target.goal().kept(target.row().samples()))
        .map(
            target ->
                target.bench()
                    + ": "
                    + target.row().text().strip()
                    + "; a short run keeps "
                    + target.goal().keptText())
        .toList();
  }
}

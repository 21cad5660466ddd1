package dev.lethe.bench.report;

import java.util.Locale;
import java.util.Optional;

/**
 * One thing that was measured.
 *
 * @param unit empty for a ratio
 * @param number format of a number, as {@code %.1f}
 * @param goal what it is measured against; figures that only explain others have none
 */
public record Row(String what, String unit, String number, Samples samples, Optional<Goal> goal) {
  /** As in {@code calls : bare server 0.41 [0.38 … 0.44] ≥ 0.5: missed}. */
  public String text() {
    var measured = samples.format(number) + (unit.isEmpty() ? "" : " " + unit);
    return String.format(
            Locale.ROOT,
            "  %-52s %-34s %s",
            what,
            measured,
            goal.map(set -> set.text() + ": " + (set.met(samples) ? "holds" : "missed")).orElse(""))
        .stripTrailing();
  }
}

package dev.lethe.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads times of RFC 3339 with any offset, cut to whole milliseconds. */
final class Times {
  private static final Pattern RFC_3339 =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");

  private Times() {}

  /** The instant; empty when the text is no such time or falls outside the years 0 to 9999. */
  static Optional<Instant> parse(String text) {
    String upper = text.toUpperCase(Locale.ROOT);
    if (!RFC_3339.matcher(upper).matches()) {
      return Optional.empty();
    }
    try {
      Instant at = OffsetDateTime.parse(upper).toInstant().truncatedTo(ChronoUnit.MILLIS);
      int year = at.atOffset(ZoneOffset.UTC).getYear();
      return year < 0 || year > 9999 ? Optional.empty() : Optional.of(at);
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }
}

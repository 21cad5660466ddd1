package dev.lethe.gateway.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Reads times of RFC 3339 with any offset, cut to whole milliseconds. */
final class Times {
  private static final Instant FIRST = Instant.parse("0000-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");
  private static final int NANO_DIGITS = 9;

  private final String text;
  private int next;

  private Times(String text) {
    this.text = text;
  }

  /** The instant; empty when the text is no such time or falls outside the years 0 to 9999. */
  static Optional<Instant> parse(String text) {
    try {
      var at = new Times(text).instant();
      return at.isBefore(FIRST) || at.isAfter(LAST) ? Optional.empty() : Optional.of(at);
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  private Instant instant() {
    int year = number(4);
    int month = after('-');
    int day = after('-');
    int hour = after('T');
    int minute = after(':');
    int second = after(':');
    int nano = isNext('.') ? fraction() : 0;
    var local = LocalDateTime.of(year, month, day, hour, minute, second, nano);
    var offset = offset();
    if (next < text.length()) {
      throw new DateTimeException("text goes on");
    }
    return local.toInstant(offset).truncatedTo(ChronoUnit.MILLIS);
  }

  private ZoneOffset offset() {
    if (isNext('Z')) {
      return ZoneOffset.UTC;
    }
    int sign = isNext('-') ? -1 : 1;
    int hours = sign > 0 ? after('+') : number(2);
    return ZoneOffset.ofHoursMinutes(sign * hours, sign * after(':'));
  }

  private int fraction() {
    int nano = 0;
    int digits = 0;
    while (digits < NANO_DIGITS && next < text.length() && isDigit(text.charAt(next))) {
      nano = 10 * nano + number(1);
      digits++;
    }
    if (digits == 0) {
      throw new DateTimeException("no digit after the point");
    }
    for (; digits < NANO_DIGITS; digits++) {
      nano *= 10;
    }
    return nano;
  }

  /** The two digits after a sign. */
  private int after(char sign) {
    if (!isNext(sign)) {
      throw new DateTimeException("another sign");
    }
    return number(2);
  }

  /** Whether the next is that, letter case ignored; if so it is taken. */
  private boolean isNext(char sign) {
    boolean is = next < text.length() && upper(text.charAt(next)) == sign;
    next += is ? 1 : 0;
    return is;
  }

  private static char upper(char one) {
    return one == 't' ? 'T' : one == 'z' ? 'Z' : one;
  }

  private int number(int digits) {
    int number = 0;
    for (int end = next + digits; next < end; next++) {
      if (next >= text.length() || !isDigit(text.charAt(next))) {
        throw new DateTimeException("no digit");
      }
      number = 10 * number + text.charAt(next) - '0';
    }
    return number;
  }

  private static boolean isDigit(char one) {
    return one >= '0' && one <= '9';
  }
}

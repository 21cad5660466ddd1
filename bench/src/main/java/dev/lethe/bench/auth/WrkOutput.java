package dev.lethe.bench.auth;

import dev.lethe.bench.BenchException;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What {@code wrk} says at its end.
 *
 * @param rate answers per second
 * @param refused answers with another status than 2xx and 3xx
 * @param broken requests that the connection failed or that took too long
 * @param walked the token that each thread would have used next
 */
record WrkOutput(double rate, long refused, long broken, List<Integer> walked) {
  private static final Pattern RATE = Pattern.compile("Requests/sec: *([0-9.]+)");
  private static final Pattern REFUSED = Pattern.compile("Non-2xx or 3xx responses: *([0-9]+)");
  private static final Pattern BROKEN =
      Pattern.compile(
          "Socket errors: connect ([0-9]+), read ([0-9]+), write ([0-9]+), timeout ([0-9]+)");
  private static final Pattern WALKED = Pattern.compile("walked to ([0-9]+)");

  static WrkOutput parse(String text) {
    var rate = RATE.matcher(text);
    if (!rate.find()) {
      throw new BenchException("wrk says no rate: " + text.strip());
    }
    var refused = REFUSED.matcher(text);
    var broken = BROKEN.matcher(text);
    long failures = 0;
    if (broken.find()) {
      for (int kind = 1; kind <= broken.groupCount(); kind++) {
        failures += Long.parseLong(broken.group(kind));
      }
    }
    return new WrkOutput(
        Double.parseDouble(rate.group(1)),
        refused.find() ? Long.parseLong(refused.group(1)) : 0,
        failures,
        WALKED.matcher(text).results().map(found -> Integer.valueOf(found.group(1))).toList());
  }
}

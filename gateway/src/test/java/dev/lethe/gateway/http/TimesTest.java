package dev.lethe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Times are read and written as the formatters of the JDK would. */
class TimesTest {
  private static final long FIRST = -62_167_219_200_000L;
  private static final long LAST = 253_402_300_799_999L;

  private static final Pattern SHAPE =
      Pattern.compile(
          "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{1,9})?(Z|[+-]\\d\\d:\\d\\d)");
  private static final DateTimeFormatter WRITTEN =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Property(tries = 5_000)
  void timesAreReadAsTheJdkReadsThem(@ForAll("times") String text) {
    assertThat(Times.parse(text)).isEqualTo(byTheJdk(text));
  }

  @Property(tries = 5_000)
  void textThatIsNearlyATimeIsJudgedAsTheJdkDoes(
      @ForAll("times") String text, @ForAll("places") int place, @ForAll("signs") char sign) {
    int at = Math.min(place, text.length() - 1);
    var before = text.substring(0, at);
    var after = text.substring(at + 1);
    for (var other : new String[] {before + sign + after, before + after, text + sign}) {
      assertThat(Times.parse(other)).as(other).isEqualTo(byTheJdk(other));
    }
  }

  @Property(tries = 2_000)
  void whatIsWrittenIsWhatTheJdkWritesAndIsReadAgain(
      @ForAll @LongRange(min = FIRST, max = LAST) long millis) {
    var at = Instant.ofEpochMilli(millis);
    assertThat(JsonText.instant(at)).isEqualTo(WRITTEN.format(at));
    assertThat(Times.parse(JsonText.instant(at))).contains(at);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "2026-02-29T00:00:00Z",
        "2026-01-01T24:00:00Z",
        "2026-12-31T23:59:60Z",
        "2026-01-01T00:00:00+18:01",
        "2026-01-01T00:00:00",
        "2026-01-01 00:00:00Z",
        "2026-01-01T00:00:00.Z",
        "2026-01-01T00:00:00.1234567890Z",
        "0000-01-01T00:00:00+00:01",
        "9999-12-31T23:59:59-00:01",
        "２026-01-01T00:00:00Z"
      })
  void whatIsNoTimeOfTheseYearsIsNone(String text) {
    assertThat(Times.parse(text)).isEmpty();
  }

  private static Optional<Instant> byTheJdk(String text) {
    var upper = text.toUpperCase(Locale.ROOT);
    if (!SHAPE.matcher(upper).matches()) {
      return Optional.empty();
    }
    try {
      var at = OffsetDateTime.parse(upper).toInstant().truncatedTo(ChronoUnit.MILLIS);
      return Optional.of(at)
          .filter(time -> FIRST <= time.toEpochMilli() && time.toEpochMilli() <= LAST);
    } catch (DateTimeException noSuchTime) {
      return Optional.empty();
    }
  }

  /** Of the right shape; some name days, hours or offsets that do not exist. */
  @Provide
  Arbitrary<String> times() {
    var date = Combinators.combine(number(0, 9999, 4), number(0, 13, 2), number(0, 32, 2));
    var clock = Combinators.combine(number(0, 25, 2), number(0, 60, 2), number(0, 60, 2));
    return Combinators.combine(
            date.as((year, month, day) -> year + "-" + month + "-" + day),
            Arbitraries.of("T", "t"),
            clock.as((hour, minute, second) -> hour + ":" + minute + ":" + second),
            fractions(),
            offsets())
        .as((day, sign, time, fraction, offset) -> day + sign + time + fraction + offset);
  }

  private static Arbitrary<String> fractions() {
    var digits = Arbitraries.strings().numeric().ofMinLength(1).ofMaxLength(9);
    return Arbitraries.oneOf(Arbitraries.just(""), digits.map(some -> "." + some));
  }

  private static Arbitrary<String> offsets() {
    return Arbitraries.oneOf(
        Arbitraries.of("Z", "z"),
        Combinators.combine(Arbitraries.of("+", "-"), number(0, 19, 2), number(0, 60, 2))
            .as((sign, hours, minutes) -> sign + hours + ":" + minutes));
  }

  private static Arbitrary<String> number(int min, int max, int digits) {
    return Arbitraries.integers()
        .between(min, max)
        .map(number -> String.format(Locale.ROOT, "%0" + digits + "d", number));
  }

  @Provide
  Arbitrary<Integer> places() {
    return Arbitraries.integers().between(0, 34);
  }

  @Provide
  Arbitrary<Character> signs() {
    return Arbitraries.of(
        '0', '7', '9', '-', '+', ':', '.', 'T', 'Z', 't', 'z', ' ', 'ı', '٣', 'x');
  }
}

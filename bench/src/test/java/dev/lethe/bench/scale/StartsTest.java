package dev.lethe.bench.scale;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class StartsTest {
  private static final String REDIS_6 =
      "25641:M 26 Nov 2026 20:44:01.123 * DB loaded from append only file: %s seconds\n";

  @Test
  void theLastLoadCounts() {
    var log =
        REDIS_6.formatted("0.003")
            + "25641:M 26 Nov 2026 20:44:01.123 * Ready to accept connections\n"
            + REDIS_6.formatted("12.345");

    assertThat(Starts.lastLoading(log)).hasValue(12.345);
  }

  @Test
  void aServerThatBeganEmptyHasLoadedNothing() {
    assertThat(Starts.lastLoading("1:M 26 Nov 2026 20:44:01.123 # Server initialized\n")).isEmpty();
  }
}

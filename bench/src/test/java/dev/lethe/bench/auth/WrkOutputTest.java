package dev.lethe.bench.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.bench.BenchException;
import org.junit.jupiter.api.Test;

class WrkOutputTest {
  private static final String GOOD =
      """
      Running 2s test @ https://127.0.0.1:8443/v1/titles/m-1
        2 threads and 64 connections
        Thread Stats   Avg      Stdev     Max   +/- Stdev
          Latency     2.09ms    1.31ms  20.63ms   79.24%
          Req/Sec    15.91k     2.21k   20.33k    70.00%
        63419 requests in 2.01s, 17.90MB read
      Requests/sec:  31587.25
      Transfer/sec:      8.92MB
      walked to 7
      walked to 11999
      """;

  @Test
  void aGoodRunHasARateAndSaysHowFarItCame() {
    var output = WrkOutput.parse(GOOD);

    assertThat(output.rate()).isEqualTo(31_587.25);
    assertThat(output.refused()).isZero();
    assertThat(output.broken()).isZero();
    assertThat(output.walked()).containsExactly(7, 11_999);
  }

  @Test
  void whatWentWrongIsCounted() {
    var output =
        WrkOutput.parse(
            GOOD.replace(
                "Requests/sec:",
                "  Socket errors: connect 1, read 20, write 300, timeout 4000\n"
                    + "  Non-2xx or 3xx responses: 63419\nRequests/sec:"));

    assertThat(output.broken()).isEqualTo(4_321);
    assertThat(output.refused()).isEqualTo(63_419);
  }

  @Test
  void withoutARateNothingWasMeasured() {
    assertThatThrownBy(() -> WrkOutput.parse("unable to connect to 127.0.0.1:1"))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("unable to connect");
  }
}

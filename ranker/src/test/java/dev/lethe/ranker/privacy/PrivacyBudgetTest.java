package dev.lethe.ranker.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrivacyBudgetTest {
  /** Computed with 400 digits. */
  @ParameterizedTest
  @CsvSource({
    "0.5, 1e-5, 0.142210558669",
    "1, 1e-5, 0.268051123211",
    "4, 1e-5, 0.924930897667",
    "8, 1e-6, 1.53154511757",
    "1, 0.5, 1.97213362769",
    "1, 1e-12, 0.152489651246",
    "0.1, 1e-30, 0.00922672544931",
    "1e-9, 1e-5, 2.50675360286e-5",
    "1000, 1e-5, 40.6805310133",
    "1e6, 1e-5, 1409.95580849"
  })
  void agreesWithKnownValues(double epsilon, double delta, double mu) {
    assertThat(new PrivacyBudget(epsilon, delta).mu()).isCloseTo(mu, withinPercentage(1e-5));
  }

  /** Noise for ε = 1 and δ = 1e-5 by the analytic Gaussian mechanism (Balle and Wang 2018). */
  @Test
  void theNoiseIsThatOfTheAnalyticGaussianMechanism() {
    assertThat(1 / new PrivacyBudget(1, 1e-5).mu()).isCloseTo(3.7304, withinPercentage(0.02));
  }

  @Property
  void whoAllowsMoreGetsLessNoise(
      @ForAll @DoubleRange(min = -3, max = 3) double log10Epsilon,
      @ForAll @DoubleRange(min = -9, max = -0.4) double log10Delta) {
    double epsilon = Math.pow(10, log10Epsilon);
    double delta = Math.pow(10, log10Delta);
    double mu = new PrivacyBudget(epsilon, delta).mu();

    assertThat(mu).isPositive().isFinite();
    assertThat(new PrivacyBudget(epsilon * 1.01, delta).mu()).isGreaterThan(mu);
    assertThat(new PrivacyBudget(epsilon, delta * 1.01).mu()).isGreaterThan(mu);
  }

  /** Where arithmetic has no digits left for δ, there is more noise than needed and not less. */
  @Test
  void roundingNeverTakesPrivacyAway() {
    for (double delta : new double[] {1e-17, 1e-100, Double.MIN_VALUE}) {
      for (double epsilon : new double[] {Double.MIN_VALUE, 1e-20, 1e-3}) {
        double total = delta * Math.sqrt(2 * Math.PI);
        assertThat(new PrivacyBudget(epsilon, delta).mu())
            .isGreaterThanOrEqualTo(0)
            .isLessThan(Math.max(epsilon, 1.0001 * total));
      }
    }
  }

  @Test
  void theGreatestEpsilonHasAnAnswerToo() {
    assertThat(new PrivacyBudget(Double.MAX_VALUE, 1e-5).mu()).isGreaterThan(1e150).isFinite();
  }

  @Test
  void whatIsNoBudgetIsRefused() {
    for (double wrong : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new PrivacyBudget(wrong, 1e-5))
          .isInstanceOf(IllegalArgumentException.class);
    }
    for (double wrong : new double[] {0, -1, 1, Double.NaN}) {
      assertThatThrownBy(() -> new PrivacyBudget(1, wrong))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }
}

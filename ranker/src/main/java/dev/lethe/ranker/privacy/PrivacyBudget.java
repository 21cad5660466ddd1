package dev.lethe.ranker.privacy;

import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.Erfcx;

/**
 * How much may be learned of one person: (ε, δ)-differential privacy (C. Dwork, A. Roth, The
 * Algorithmic Foundations of Differential Privacy, 2014, definition 2.4).
 *
 * @param epsilon above 0
 * @param delta between 0 and 1, both excluded
 */
public record PrivacyBudget(double epsilon, double delta) {
  /** What the arithmetic may be off by, relative; counted against what is allowed. */
  private static final double ROUNDING = 1e-14;

  public PrivacyBudget {
    if (!(epsilon > 0 && epsilon < Double.POSITIVE_INFINITY && delta > 0 && delta < 1)) {
      throw new IllegalArgumentException("no such budget: epsilon " + epsilon + ", delta " + delta);
    }
  }

  /**
   * The same in Gaussian differential privacy (J. Dong, A. Roth, W. Su, JRSS B 2022): the greatest
   * μ that allows no more than this. A sum to which nobody adds more than 1 (L2) may be released
   * with Gaussian noise of standard deviation 1/μ; several may with μ₁, μ₂, … as long as μ₁² + μ₂²
   * + … is at most μ², also when one is chosen by what another gave (corollary 2).
   */
  public double mu() {
    double low = 0;
    double high = 1;
    while (delta(high) <= delta) {
      high *= 2;
    }
    for (double middle = high / 2; low < middle && middle < high; middle = (low + high) / 2) {
      if (delta(middle) <= delta) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * The least δ at ε: Φ(-ε/μ + μ/2) - exp(ε) Φ(-ε/μ - μ/2) (corollary 1; B. Balle, Y. Wang, ICML
   * 2018, theorem 8). In scaled form, so that no power of e overflows.
   */
  private double delta(double mu) {
    double near = epsilon / mu - mu / 2;
    double far = epsilon / mu + mu / 2;
    return (Erfc.value(near / Math.sqrt(2)) * (1 + ROUNDING)
            - Math.exp(-near * near / 2) * Erfcx.value(far / Math.sqrt(2)))
        / 2;
  }
}

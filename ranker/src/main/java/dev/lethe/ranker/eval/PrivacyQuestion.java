package dev.lethe.ranker.eval;

import dev.lethe.ranker.privacy.PrivacyBudget;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/**
 * What is measured of learning with differential privacy.
 *
 * @param epsilon of what is learned; when absent it is learned without privacy
 * @param delta of it, and of the page
 * @param page takes an HTML page that says what privacy costs by epsilon; when absent that is not
 *     measured
 */
public record PrivacyQuestion(
    OptionalDouble epsilon, double delta, Optional<Consumer<String>> page) {
  public static final double STANDARD_DELTA = 1e-5;

  /** Nothing. */
  public static final PrivacyQuestion NONE =
      new PrivacyQuestion(OptionalDouble.empty(), STANDARD_DELTA, Optional.empty());

  Optional<PrivacyBudget> budget() {
    return epsilon.isPresent()
        ? Optional.of(new PrivacyBudget(epsilon.getAsDouble(), delta))
        : Optional.empty();
  }
}

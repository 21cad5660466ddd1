package dev.lethe.vault.subject;

import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.profile.Revision;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What a request wants to be done with a person, decided anew whenever a race for the person is
 * lost.
 *
 * @param <T> what the request answers
 */
public sealed interface Step<T> {
  /** Nothing is to be changed. */
  record Answer<T>(T value) implements Step<T> {}

  /** It cannot be done. */
  record Refuse<T>(Refusal reason) implements Step<T> {}

  /**
   * A change.
   *
   * @param answer asked for when the revision is made, with all that it promises
   * @param reduction what must stand in the ledger before
   * @param retry what makes a retry answer the same
   */
  record Commit<T>(
      Revision revision,
      Supplier<T> answer,
      Optional<Reduction> reduction,
      Optional<Retry<T>> retry)
      implements Step<T> {
    /** One that answers the same in any case. */
    public Commit(
        Revision revision, T value, Optional<Reduction> reduction, Optional<Retry<T>> retry) {
      this(revision, () -> value, reduction, retry);
    }

    public static <T> Commit<T> of(Revision revision, T value) {
      return new Commit<>(revision, value, Optional.empty(), Optional.empty());
    }
  }

  /** An act that takes something away. */
  sealed interface Reduction {
    /** Whether it may take away what was learned from. */
    boolean concernsTraining();

    /** A consent is narrowed to the fields that stay. */
    record Withdrawal(Purpose purpose, Set<Field> staying, boolean concernsTraining)
        implements Reduction {}

    /** Something is forgotten. */
    record Forgetting(Field field, ForgetFilter filter) implements Reduction {
      @Override
      public boolean concernsTraining() {
        return Contribution.LEARNED_FROM.contains(field);
      }
    }
  }

  /**
   * How a retry is recognised.
   *
   * @param route told apart from the same key on another route
   * @param answer of the first try, from its stored form
   */
  record Retry<T>(
      String route, Idempotency idempotency, String stored, Function<String, T> answer) {}
}

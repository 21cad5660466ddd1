package dev.lethe.vault.subject;

import dev.lethe.vault.erasure.Turns;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Changes of one person that may lose a race, each begun again until it wins. Of many at once all
 * but one would lose each time: who has lost one, and who comes while somebody has, takes turns
 * with the others of this process. Those of other nodes may still win. Thread-safe.
 */
final class Races {
  private final Turns turns = new Turns();

  /**
   * Makes a change.
   *
   * @param attempt makes it once; empty when the race was lost
   */
  <T> Future<T> win(String pseudonym, Supplier<Future<Optional<T>>> attempt) {
    return turns.isTaken(pseudonym)
        ? inTurn(pseudonym, attempt)
        : attempt.get().compose(made -> orElse(made, () -> inTurn(pseudonym, attempt)));
  }

  private <T> Future<T> inTurn(String pseudonym, Supplier<Future<Optional<T>>> attempt) {
    return turns.take(pseudonym, () -> untilWon(attempt));
  }

  private static <T> Future<T> untilWon(Supplier<Future<Optional<T>>> attempt) {
    return attempt.get().compose(made -> orElse(made, () -> untilWon(attempt)));
  }

  private static <T> Future<T> orElse(Optional<T> made, Supplier<Future<T>> again) {
    return made.map(Future::succeededFuture).orElseGet(again);
  }
}

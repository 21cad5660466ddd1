package dev.lethe.gateway.http;

import dev.lethe.vault.api.Outcome;
import io.vertx.core.Future;
import java.util.function.Function;

/** Turns what became of a request on the bus into an answer. */
public final class Outcomes {
  private Outcomes() {}

  /** The answer of a fulfilled request, or the problem that stands for its refusal. */
  public static <T> Future<Reply> reply(Future<Outcome<T>> outcome, Function<T, Reply> answer) {
    return outcome.map(
        became -> {
          if (became instanceof Outcome.Refused<T> refused) {
            throw problem(refused.reason()).asException();
          }
          return answer.apply(((Outcome.Done<T>) became).value());
        });
  }

  private static Problem problem(Outcome.Refusal reason) {
    return switch (reason) {
      case NOT_FOUND -> Problem.notFound();
      case TOKEN_REVOKED -> Problem.tokenRevoked();
      case STALE_VERSION -> Problem.staleVersion();
      case KEY_REUSED -> Problem.keyReused();
      case RESTRICTED -> Problem.restricted();
      case CONFLICT -> Problem.conflict();
      case UNAVAILABLE -> Problem.unavailable();
    };
  }
}

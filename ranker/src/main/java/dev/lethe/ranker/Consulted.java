package dev.lethe.ranker;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Profile;
import java.util.Optional;

/** What asking the vault about a person came to. */
sealed interface Consulted {
  /**
   * Ranking can go on.
   *
   * @param profile what may be used; empty when {@code personalization} is {@code NONE}
   * @param consent the decision that allows it; empty when nothing may be used
   */
  record Known(
      Profile profile,
      Ranking.Personalization personalization,
      Optional<Ranking.Reason> reason,
      Optional<ConsentRef> consent)
      implements Consulted {
    @Override
    public String toString() {
      return "Known[hidden]";
    }
  }

  /** The request must not be answered. */
  record Stopped(Outcome.Refusal refusal) implements Consulted {}

  static Consulted nothing(Ranking.Reason reason) {
    return new Known(
        Profile.EMPTY, Ranking.Personalization.NONE, Optional.of(reason), Optional.empty());
  }
}

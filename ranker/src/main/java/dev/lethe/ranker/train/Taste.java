package dev.lethe.ranker.train;

import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What one person published.
 *
 * @param liked ids of different titles
 * @param turnedDown ids of different titles, none of them liked
 */
public record Taste(List<String> liked, List<String> turnedDown) {
  private static final double BEST_RATING = 5;
  private static final double WORST_RATING = 0.5;

  /** The same as a profile, of which it is not known what came first. */
  Profile profile() {
    var history =
        Stream.concat(
                liked.stream().map(title -> rated(title, BEST_RATING)),
                turnedDown.stream().map(title -> rated(title, WORST_RATING)))
            .toList();
    return new Profile(history, List.of(), Optional.empty(), Optional.empty());
  }

  private static Event.Watched rated(String title, double rating) {
    return new Event.Watched(
        title, Instant.EPOCH, OptionalDouble.empty(), OptionalDouble.of(rating));
  }

  @Override
  public String toString() {
    return "Taste[hidden]";
  }
}

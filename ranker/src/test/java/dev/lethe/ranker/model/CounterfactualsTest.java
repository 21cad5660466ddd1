package dev.lethe.ranker.model;

import static dev.lethe.ranker.model.Viewers.searched;
import static dev.lethe.ranker.model.Viewers.watched;
import static dev.lethe.ranker.model.Viewers.whoPrefers;
import static dev.lethe.ranker.model.Viewers.whoWatched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class CounterfactualsTest {
  private static final Optional<List<String>> CATALOGUE = Optional.empty();

  private final RankingModel model = new RankingModel(Catalogs.small());

  @Test
  void placesAreThoseOfTheWholeOrderHoweverFewAreAnswered() {
    // Alien's likes lift The Shining, which is sixth of all for a stranger.
    var viewer = whoWatched(watched("m-7", 0));

    var items = explained(viewer, CATALOGUE, 8);
    var best = explained(viewer, CATALOGUE, 1);

    assertThat(without(items, "m-6")).isEqualTo(Map.of(Field.HISTORY, OptionalInt.of(6)));
    assertThat(best).hasSize(1).first().isEqualTo(items.get(0));
  }

  @Test
  void seenTitlesComeBackWithoutHistoryAndPushOthersDown() {
    var items = explained(whoWatched(watched("m-1", 0)), CATALOGUE, 8);

    assertThat(items.get(0).id()).isEqualTo("m-2");
    assertThat(without(items, "m-2")).isEqualTo(Map.of(Field.HISTORY, OptionalInt.of(2)));
  }

  @Test
  void mutedCandidateIsLastNoLongerWithoutPreferences() {
    var items = explained(whoPrefers(Map.of(), "m-1"), Optional.of(List.of("m-1", "m-8")), 8);

    assertThat(items).extracting(Ranking.Item::id).containsExactly("m-8", "m-1");
    assertThat(without(items, "m-1")).isEqualTo(Map.of(Field.PREFERENCES, OptionalInt.of(1)));
    assertThat(without(items, "m-8")).isEqualTo(Map.of(Field.PREFERENCES, OptionalInt.of(2)));
  }

  @Test
  void candidatesStandAmongTheKnownOnesEachOnce() {
    var candidates = Optional.of(List.of("gone", "m-8", "m-8", "m-7"));

    var items = explained(whoWatched(watched("m-6", 0)), candidates, 8);

    assertThat(without(items, "m-8")).isEqualTo(Map.of(Field.HISTORY, OptionalInt.of(2)));
  }

  @Test
  void searchIsAsFreshAsItWouldBeWithoutHistory() {
    var viewer =
        new Profile(
            List.of(watched("m-4", 0)),
            List.of(searched("shining", 180)),
            Optional.empty(),
            Optional.empty());
    var candidates = Optional.of(List.of("m-2", "m-6"));

    var items = explained(viewer, candidates, 8);

    var shining = items.stream().filter(item -> item.id().equals("m-6")).findAny().orElseThrow();
    double unit = 0.4 / share(shining, "popularity");
    assertThat(0.4 + unit * share(shining, "shining"))
        .as("The Shining less the terms of history, beside Blade Runner's popularity")
        .isLessThan(0.8);
    assertThat(shining.without().get(Field.HISTORY)).isEqualTo(OptionalInt.of(1));
    assertThat(shining.without().get(Field.SEARCHES)).isEqualTo(OptionalInt.of(2));
  }

  @Test
  void nobodyHasCounterfactualsOfNothing() {
    assertThat(explained(Profile.EMPTY, CATALOGUE, 8)).allMatch(item -> item.without().isEmpty());
  }

  private List<Ranking.Item> explained(
      Profile profile, Optional<List<String>> candidates, int limit) {
    var items = model.rank(profile, candidates, limit, true).items();
    return Counterfactuals.of(model, profile, candidates, items);
  }

  private static Map<Field, OptionalInt> without(List<Ranking.Item> items, String id) {
    return items.stream()
        .filter(item -> item.id().equals(id))
        .map(Ranking.Item::without)
        .findAny()
        .orElseThrow();
  }

  private static double share(Ranking.Item item, String value) {
    return item.because().stream()
        .filter(one -> one.value().equals(Optional.of(value)))
        .mapToDouble(Ranking.Because::share)
        .sum();
  }
}

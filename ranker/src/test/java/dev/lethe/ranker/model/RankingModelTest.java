package dev.lethe.ranker.model;

import static dev.lethe.ranker.model.Viewers.left;
import static dev.lethe.ranker.model.Viewers.rated;
import static dev.lethe.ranker.model.Viewers.searched;
import static dev.lethe.ranker.model.Viewers.watched;
import static dev.lethe.ranker.model.Viewers.whoIs;
import static dev.lethe.ranker.model.Viewers.whoPrefers;
import static dev.lethe.ranker.model.Viewers.whoSearched;
import static dev.lethe.ranker.model.Viewers.whoWatched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.ranker.train.Ease;
import dev.lethe.ranker.train.Gram;
import dev.lethe.ranker.train.ServedWeights;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RankingModelTest {
  private final RankingModel model = new RankingModel(Catalogs.small());

  @Test
  void strangerGetsTheTitlesByPopularityThenId() {
    assertThat(ids(all(Profile.EMPTY)))
        .containsExactly("m-1", "m-2", "m-3", "m-4", "m-5", "m-6", "m-7", "m-8");
  }

  @Test
  void watchedTitleLiftsWhatIsLikeItAndIsNotOfferedAgain() {
    var order = ids(all(whoWatched(watched("m-7", 3))));

    assertThat(order).doesNotContain("m-7");
    assertThat(order.indexOf("m-6")).isLessThan(order.indexOf("m-5"));
  }

  @Test
  void dislikedTitleLowersWhatIsLikeIt() {
    assertThat(score(whoWatched(rated("m-7", 1)), "m-6")).isLessThan(score(Profile.EMPTY, "m-6"));
    assertThat(score(whoWatched(rated("m-7", 5)), "m-6"))
        .isGreaterThan(score(whoWatched(rated("m-7", 3)), "m-6"));
  }

  @Test
  void titleLeftAtOnceLowersWhatIsLikeIt() {
    assertThat(score(whoWatched(left("m-7")), "m-6")).isLessThan(score(Profile.EMPTY, "m-6"));
    assertThat(score(whoWatched(rated("m-1", 5), left("m-7")), "m-6"))
        .isLessThan(score(whoWatched(rated("m-1", 5)), "m-6"));
  }

  @Test
  void titleLeftAtOnceIsOfferedAgainAndDoesNotUndoWhatWasSaidOfIt() {
    assertThat(ids(all(whoWatched(left("m-7"))))).contains("m-7");
    assertThat(ids(all(whoWatched(left("m-7"), watched("m-7", 3))))).doesNotContain("m-7");
    assertThat(score(whoWatched(left("m-7"), rated("m-7", 5)), "m-6"))
        .isEqualTo(score(whoWatched(rated("m-7", 5)), "m-6"));
  }

  @Test
  void oneTitleLeftAtOnceWeighsNoMoreThanOneThatIsLiked() {
    var likes = new ArrayList<Event.Watched>();
    for (var id : List.of("m-1", "m-2", "m-3", "m-4", "m-5")) {
      likes.add(rated(id, 5));
    }
    double liked = score(whoWatched(likes.toArray(Event.Watched[]::new)), "m-7");
    likes.add(left("m-6"));

    assertThat(liked - score(whoWatched(likes.toArray(Event.Watched[]::new)), "m-7"))
        .isBetween(1e-9, 0.5);
  }

  @Test
  void ofTwoTitlesTheOneNearerInTimeIsNearer() {
    var catalog =
        Catalogs.of(
            """
            {"id":"a","title":"A","year":1980}
            {"id":"b","title":"B","year":1985}
            {"id":"c","title":"C","year":2005}
            {"id":"d","title":"D"}
            """);
    var ranked =
        new RankingModel(catalog).rank(whoWatched(rated("a", 5)), Optional.empty(), 10, true);

    // D counts as one of the year in the middle, which is that of B.
    assertThat(ids(ranked)).containsExactly("b", "d", "c");
    assertThat(ranked.items().get(0).because().get(0).item()).contains("a");
  }

  @Test
  void whatOthersWatchedWhoWatchedTheSameIsLifted() {
    var gram = new Gram(2);
    for (int person = 0; person < 30; person++) {
      gram.add(person % 3 == 0 ? new int[] {0} : new int[] {0, 1});
    }
    var learned =
        new Learned(
            "7",
            List.of("m-5", "m-8"),
            new double[] {0, 0.3},
            ServedWeights.of(Ease.learn(gram, 10), gram, 20, 10));
    var blend = new Blend(1, 1, 0, 0, 1, 1, 1);
    var taught = new RankingModel(Catalogs.small(), learned, blend);

    var stranger = taught.rank(Profile.EMPTY, Optional.of(List.of("m-8")), 1, true).items().get(0);
    var viewer =
        taught
            .rank(whoWatched(rated("m-5", 5)), Optional.of(List.of("m-8")), 1, true)
            .items()
            .get(0);

    assertThat(stranger.score()).isEqualTo(0.3);
    assertThat(viewer.score()).isCloseTo(0.3 + learned.weights().weight(0, 1), within(1e-9));
    assertThat(viewer.because()).extracting(Ranking.Because::item).contains(Optional.of("m-5"));
    assertThat(taught.version()).isEqualTo(model.version() + "+7");
  }

  @Test
  void titleCountsOnceByItsNewestEvent() {
    assertThat(all(whoWatched(watched("m-7", 0), watched("m-7", 40))))
        .isEqualTo(all(whoWatched(watched("m-7", 0))));
  }

  @Test
  void olderEventCountsLessAgainstTheNewestOne() {
    var recentHorror = whoWatched(watched("m-5", 0), watched("m-7", 1));
    var oldHorror = whoWatched(watched("m-5", 0), watched("m-7", 300));

    assertThat(score(oldHorror, "m-6")).isLessThan(score(recentHorror, "m-6"));
  }

  @Test
  void ageIsCountedFromTheNewestEventAndNotFromNow() {
    assertThat(all(whoWatched(watched("m-7", 10)))).isEqualTo(all(whoWatched(watched("m-7", 300))));
  }

  @Test
  void searchLiftsWhatItNames() {
    var because = explained(whoSearched(searched("KEANU", 0)), "m-4");

    assertThat(ids(all(whoSearched(searched("KEANU", 0))))).startsWith("m-1", "m-4");
    assertThat(because)
        .anySatisfy(
            term -> {
              assertThat(term.field()).contains(Field.SEARCHES);
              assertThat(term.value()).contains("KEANU");
            });
  }

  @Test
  void genreIsPreferredOrAvoidedWhateverItsLetterCase() {
    assertThat(score(whoPrefers(Map.of("hORROR", 1.0)), "m-6"))
        .isGreaterThan(score(Profile.EMPTY, "m-6"));
    assertThat(score(whoPrefers(Map.of("horror", -1.0)), "m-6"))
        .isLessThan(score(Profile.EMPTY, "m-6"));
  }

  @Test
  void mutedTitleIsLeftOutUnlessItIsACandidateAndThenLast() {
    var viewer = whoPrefers(Map.of("Sci-Fi", 1.0), "m-1", "m-8");

    assertThat(ids(all(viewer))).hasSize(6).doesNotContain("m-1", "m-8");
    assertThat(ids(candidates(viewer, "m-8", "m-1", "m-5", "m-2")))
        .containsExactly("m-2", "m-5", "m-1", "m-8");
  }

  @Test
  void seenTitleStaysAmongCandidates() {
    assertThat(ids(candidates(whoWatched(watched("m-1", 0)), "m-5", "m-1")))
        .containsExactly("m-1", "m-5");
  }

  @Test
  void unknownCandidatesAreListedOnceInRequestOrder() {
    var ranked = candidates(Profile.EMPTY, "z", "m-5", "y", "z", "m-5");

    assertThat(ranked.unknown()).containsExactly("z", "y");
    assertThat(ids(ranked)).containsExactly("m-5");
  }

  @Test
  void ageBandAndCountryLeanALittle() {
    assertThat(score(whoIs("under-18", "DE"), "m-6"))
        .isCloseTo(score(Profile.EMPTY, "m-6") - 0.1, within(1e-12));
    assertThat(score(whoIs("50-64", "FR"), "m-3"))
        .isCloseTo(score(Profile.EMPTY, "m-3") + 0.05, within(1e-12));
  }

  @Test
  void explanationNamesWhatWasWatched() {
    var because = explained(whoWatched(watched("m-1", 0)), "m-2");

    assertThat(because)
        .extracting(Ranking.Because::field, Ranking.Because::item, Ranking.Because::title)
        .contains(
            org.assertj.core.groups.Tuple.tuple(
                Optional.of(Field.HISTORY), Optional.of("m-1"), Optional.of("The Matrix")));
  }

  @Test
  void titleWithoutAnyTermHasNoExplanation() {
    assertThat(explained(Profile.EMPTY, "m-8")).isEmpty();
    assertThat(explained(Profile.EMPTY, "m-1"))
        .containsExactly(
            new Ranking.Because(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("popularity"),
                1.0));
  }

  @Test
  void versionNamesScoringAndCatalogue() {
    assertThat(model.version()).matches("content-2\\.[0-9a-f]{8}");
    assertThat(new RankingModel(Catalogs.standard()).version()).isNotEqualTo(model.version());
  }

  private Ranked all(Profile profile) {
    return model.rank(profile, Optional.empty(), 200, true);
  }

  private Ranked candidates(Profile profile, String... ids) {
    return model.rank(profile, Optional.of(List.of(ids)), 200, false);
  }

  private double score(Profile profile, String id) {
    return candidates(profile, id).items().get(0).score();
  }

  private List<Ranking.Because> explained(Profile profile, String id) {
    return model.rank(profile, Optional.of(List.of(id)), 1, true).items().get(0).because();
  }

  private static List<String> ids(Ranked ranked) {
    return ranked.items().stream().map(Ranking.Item::id).toList();
  }
}

package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.ranker.model.Taught;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * On people who watch a title a day, what is popular more often, until on the last two days they
 * watch something of a kind of their own: whether their searches and preferences tell which.
 */
final class WhatPeopleSayTest {
  private static final int TITLES = 60;
  private static final int KINDS = 3;
  private static final int DAYS = 10;

  /** So many of the days are asked for. */
  private static final int LAST = 2;

  private static final int PEOPLE = 300;
  private static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
  private static final Trainer TRAINER = new Trainer(20, 20);

  private final Random random = new Random(4);
  private final Catalog catalog =
      Catalogs.of(
          IntStream.range(0, TITLES)
              .mapToObj(
                  title ->
                      "{\"id\":\"t-%d\",\"title\":\"Word%d\",\"genres\":[\"G%d\"],\"popularity\":%s}"
                          .formatted(title, title, title % KINDS, 1 - title / 100.0))
              .collect(Collectors.joining("\n")));

  /** What is said by somebody who at last watches some titles. */
  private interface Words {
    Profile of(int person, List<Event.Watched> history, List<Integer> last);
  }

  private static Event.Watched watched(int title, int day) {
    return new Event.Watched("t-" + title, at(day), OptionalDouble.empty(), OptionalDouble.empty());
  }

  private static Instant at(int day) {
    return FIRST.plus(Duration.ofDays(day));
  }

  private int title(IntPredicate wanted) {
    while (true) {
      int title = Math.min(random.nextInt(TITLES), random.nextInt(TITLES));
      if (wanted.test(title)) {
        return title;
      }
    }
  }

  /**
   * @param alone on how many of the last days a title is of the person's own kind
   */
  private Taught taught(int alone, Words words) {
    var cohort = new Cohort(catalog, TITLES, 1);
    for (int person = 0; person < PEOPLE; person++) {
      int kind = person % KINDS;
      var titles = new ArrayList<Integer>();
      for (int day = 0; day < DAYS; day++) {
        boolean own = day >= DAYS - alone;
        titles.add(title(one -> !titles.contains(one) && (!own || one % KINDS == kind)));
      }
      var history = new ArrayList<Event.Watched>();
      for (int day = DAYS - 1; day >= 0; day--) {
        history.add(watched(titles.get(day), day));
      }
      var profile = words.of(person, history, titles.subList(DAYS - LAST, DAYS));
      cohort.add(person, Teacher.of(profile, catalog, TITLES));
    }
    return TRAINER.learn(cohort, "v").flatMap(LearnedModel::taught).orElseThrow();
  }

  private Blend blend(Words words) {
    return taught(LAST, words).blend();
  }

  /** How much more searches count than preferences, beside how much more they do unlearned. */
  private static double searches(Blend blend) {
    return blend.searches()
        / blend.preferences()
        * Blend.STANDARD.preferences()
        / Blend.STANDARD.searches();
  }

  /** Searches for the titles, on a day that is as long ago for all. */
  private static Profile searching(List<Event.Watched> history, List<Integer> titles, int day) {
    var searches = titles.stream().map(one -> new Event.Searched("word" + one, at(day))).toList();
    return new Profile(history, searches, Optional.empty(), Optional.empty());
  }

  private static Profile silent(List<Event.Watched> history) {
    return new Profile(history, List.of(), Optional.empty(), Optional.empty());
  }

  private static Profile preferring(List<Event.Watched> history, int kind) {
    return new Profile(
        history,
        List.of(),
        Optional.empty(),
        Optional.of(new Document.Preferences(Map.of("G" + kind, 1.0), List.of())));
  }

  @Test
  void searchesThatLeadToTitlesCountMore() {
    var blend = blend((person, history, last) -> searching(history, last, DAYS - 3));

    assertThat(searches(blend)).isGreaterThan(2);
  }

  /** They tell nothing of what was watched before, however well they match it. */
  @Test
  void searchesAfterwardsTeachNothing() {
    var blend = blend((person, history, last) -> searching(history, last, DAYS));

    assertThat(searches(blend)).isCloseTo(1, within(1e-9));
  }

  @Test
  void fromTheSearchesOfFewNothingIsLearned() {
    var blend =
        blend(
            (person, history, last) ->
                person < 99 ? searching(history, last, DAYS - 3) : silent(history));

    assertThat(searches(blend)).isCloseTo(1, within(1e-9));
  }

  /** What was found by a search is searched for again. */
  @Test
  void searchesForWhatWasFoundBeforeTeachNothing() {
    var blend =
        blend(
            (person, history, last) -> {
              var again = new ArrayList<>(history);
              last.forEach(title -> again.add(0, watched(title, DAYS + 2)));
              return searching(again, last, DAYS + 1);
            });

    assertThat(searches(blend)).isCloseTo(1, within(1e-9));
  }

  @Test
  void preferencesThatArePursuedCountMore() {
    var blend = blend((person, history, last) -> preferring(history, person % KINDS));

    assertThat(searches(blend)).isLessThan(0.5);
  }

  @Test
  void preferencesCountAsMuchAsUnlearnedWhateverOthersDo() {
    var blend = blend((person, history, last) -> preferring(history, (person + 1) % KINDS));

    assertThat(blend.preferences()).isPositive();
    assertThat(searches(blend)).isCloseTo(1, within(1e-9));
  }

  /** Also where nothing counts but what is watched together. */
  @Test
  void whoSteersSeesIt() {
    var taught = taught(DAYS, (person, history, last) -> silent(history));
    var model = new RankingModel(catalog, taught.learned(), taught.blend());
    var history = List.of(watched(3, 1), watched(0, 0)); // of the first kind
    int own = TITLES / KINDS - history.size();
    assertThat(best(model, silent(history), own)).allMatch(title -> title % KINDS == 0);
    assertThat(best(model, silent(history), own + 1)).doesNotContain(58);

    assertThat(best(model, searching(history, List.of(58), 1), own + 1)).contains(58);
    assertThat(best(model, preferring(history, 1), 2 * own)).noneMatch(title -> title % KINDS == 2);
  }

  private static List<Integer> best(RankingModel model, Profile profile, int limit) {
    return model.rank(profile, Optional.empty(), limit, false).items().stream()
        .map(item -> Integer.valueOf(item.id().substring(2)))
        .toList();
  }
}

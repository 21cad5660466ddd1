package dev.lethe.ranker.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.ranker.train.Crowd;
import dev.lethe.ranker.train.Ease;
import dev.lethe.ranker.train.ServedWeights;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class RankingModelLawsTest {
  private static final Catalog CATALOG = Catalogs.standard();
  private static final RankingModel MODEL = new RankingModel(CATALOG);
  private static final RankingModel TAUGHT = taught();

  @Property(tries = 100)
  void sharesAddUpToOneAndTermsToTheScore(@ForAll("viewers") Profile viewer) {
    sharesAddUp(MODEL, viewer);
  }

  @Property(tries = 100)
  void soTheyDoWithWhatWasLearned(@ForAll("viewers") Profile viewer) {
    sharesAddUp(TAUGHT, viewer);
  }

  private static void sharesAddUp(RankingModel model, Profile viewer) {
    for (var item : model.rank(viewer, Optional.empty(), 30, true).items()) {
      var because = item.because();
      assertThat(because.stream().mapToDouble(one -> Math.abs(one.share())).sum())
          .isCloseTo(1, within(1e-6));
      assertThat(because).hasSizeLessThanOrEqualTo(Explanation.LISTED + 1);
      assertThat(because).noneMatch(one -> one.share() == 0);
      assertThat(because.stream().limit(Explanation.LISTED).map(one -> -Math.abs(one.share())))
          .isSorted();
      // Shares are terms over one total, which the known term of popularity gives away.
      because.stream()
          .filter(one -> one.value().equals(Optional.of("popularity")))
          .forEach(
              one -> {
                double popularity = stranger(model, item.id());
                double total = popularity / one.share();
                double sum = because.stream().mapToDouble(Ranking.Because::share).sum() * total;
                assertThat(sum).isCloseTo(item.score(), within(1e-9));
              });
    }
  }

  /** Of whom nothing is known is shown nothing but popularity. */
  private static double stranger(RankingModel model, String id) {
    return model.rank(Profile.EMPTY, Optional.of(List.of(id)), 1, false).items().get(0).score();
  }

  /** One that made-up people have taught about all titles. */
  private static RankingModel taught() {
    var random = new Random(1);
    var crowd = new Crowd(CATALOG.size());
    for (int person = 0; person < 200; person++) {
      int[] liked = random.ints(0, CATALOG.size()).distinct().limit(20).sorted().toArray();
      int[] turnedDown =
          random
              .ints(0, CATALOG.size())
              .filter(title -> Arrays.binarySearch(liked, title) < 0)
              .distinct()
              .limit(10)
              .toArray();
      crowd.add(liked, turnedDown);
    }
    var ids = IntStream.range(0, CATALOG.size()).mapToObj(i -> CATALOG.title(i).id()).toList();
    var weights = ServedWeights.of(Ease.learn(crowd.liked(), 5), crowd.liked(), 1, CATALOG.size());
    return new RankingModel(
        CATALOG,
        new Learned("laws", ids, crowd.appeal(1), weights),
        new Blend(0.5, 0.3, 1, 0.05, 3, 1.2, 0.8));
  }

  @Property(tries = 100)
  void orderIsByScoreThenIdAndIsTheSameWithoutExplanation(@ForAll("viewers") Profile viewer) {
    var explained = MODEL.rank(viewer, Optional.empty(), 200, true).items();
    var plain = MODEL.rank(viewer, Optional.empty(), 200, false).items();

    assertThat(plain).allMatch(item -> item.because().isEmpty());
    assertThat(plain)
        .isSortedAccordingTo(
            Comparator.comparingDouble(Ranking.Item::score)
                .reversed()
                .thenComparing(Ranking.Item::id));
    assertThat(plain)
        .extracting(Ranking.Item::id, Ranking.Item::score)
        .isEqualTo(
            explained.stream()
                .map(one -> org.assertj.core.groups.Tuple.tuple(one.id(), one.score()))
                .toList());
  }

  @Property(tries = 100)
  void orderOfCandidatesDoesNotMatter(@ForAll("viewers") Profile viewer, @ForAll long seed) {
    var ids = new ArrayList<String>();
    for (int title = 0; title < 60; title++) {
      ids.add(CATALOG.title(title).id());
    }
    var shuffled = new ArrayList<>(ids);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(MODEL.rank(viewer, Optional.of(shuffled), 40, true))
        .isEqualTo(MODEL.rank(viewer, Optional.of(ids), 40, true));
  }

  @Property(tries = 100)
  void eventsOfUnknownTitlesChangeNothing(@ForAll("viewers") Profile viewer) {
    var history = new ArrayList<Event.Watched>();
    history.add(Viewers.watched("gone-1", -50));
    history.addAll(viewer.history());
    history.add(Viewers.watched("gone-2", 900));
    var more = new Profile(history, viewer.searches(), viewer.demographics(), viewer.preferences());

    assertThat(MODEL.rank(more, Optional.empty(), 50, true))
        .isEqualTo(MODEL.rank(viewer, Optional.empty(), 50, true));
  }

  @Property(tries = 50)
  void counterfactualIsThePlaceInTheRankingWithoutTheField(@ForAll("viewers") Profile viewer) {
    var items = MODEL.rank(viewer, Optional.empty(), 30, true).items();

    var explained = Counterfactuals.of(MODEL, viewer, Optional.empty(), items);

    assertThat(explained)
        .extracting(Ranking.Item::id, Ranking.Item::score, Ranking.Item::because)
        .isEqualTo(
            items.stream()
                .map(
                    one ->
                        org.assertj.core.groups.Tuple.tuple(one.id(), one.score(), one.because()))
                .toList());
    for (var field : viewer.fieldsWithData()) {
      var order =
          MODEL
              .rank(viewer.without(field), Optional.empty(), CATALOG.size(), false)
              .items()
              .stream()
              .map(Ranking.Item::id)
              .toList();
      for (var item : explained) {
        assertThat(item.without()).containsOnlyKeys(viewer.fieldsWithData());
        assertThat(order.get(place(item, field) - 1)).isEqualTo(item.id());
      }
    }
  }

  private static int place(Ranking.Item item, Field field) {
    return item.without().getOrDefault(field, OptionalInt.empty()).orElseThrow();
  }

  @Provide
  Arbitrary<Profile> viewers() {
    var items =
        Arbitraries.integers().between(0, CATALOG.size() - 1).map(at -> CATALOG.title(at).id());
    var days = Arbitraries.integers().between(0, 700);
    Arbitrary<OptionalDouble> progress =
        Arbitraries.oneOf(
            Arbitraries.just(OptionalDouble.empty()),
            Arbitraries.doubles().between(0, 1).map(OptionalDouble::of));
    Arbitrary<OptionalDouble> rating =
        Arbitraries.oneOf(
            Arbitraries.just(OptionalDouble.empty()),
            Arbitraries.integers().between(1, 10).map(half -> OptionalDouble.of(half / 2.0)));
    var watched =
        Combinators.combine(items, days, progress, rating)
            .as(
                (item, ago, share, stars) ->
                    new Event.Watched(item, Viewers.watched(item, ago).at(), share, stars));
    var queries =
        Arbitraries.of("space opera", "keanu reeves", "the", "!", "crime in paris", "zzz");
    var searched = Combinators.combine(queries, days).as(Viewers::searched);
    var preferences =
        Arbitraries.maps(
                Arbitraries.of("Drama", "sci-fi", "HORROR", "War", "None"),
                Arbitraries.doubles().between(-1, 1))
            .map(genres -> new Document.Preferences(genres, List.of("m-1")))
            .optional();
    var demographics =
        Combinators.combine(
                Arbitraries.of("under-18", "35-49", "65+").optional(),
                Arbitraries.of("JP", "DE").optional(),
                Arbitraries.of("fr", "pt-BR").optional())
            .as(Document.Demographics::new)
            .optional();
    return Combinators.combine(
            watched.list().ofMaxSize(40), searched.list().ofMaxSize(60), demographics, preferences)
        .as(
            (history, searches, person, wishes) ->
                new Profile(newestFirst(history), newestFirst(searches), person, wishes));
  }

  private static <E extends Event> List<E> newestFirst(List<E> events) {
    return events.stream().sorted(Comparator.comparing(Event::at).reversed()).toList();
  }
}

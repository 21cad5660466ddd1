package dev.lethe.ranker.eval;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.CatalogLoader;
import dev.lethe.ranker.catalog.CatalogRead;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.BlendSources;
import dev.lethe.ranker.model.Learned;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.ranker.train.Listwise;
import dev.lethe.ranker.train.UnreadableDataException;
import dev.lethe.vault.api.Profile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Ranks the lists of RankLens as the ranker would have, and compares with what was liked. Lists
 * with a like, in the order of time: the model learns from the first four fifths (of which the last
 * quarter tells how much each source counts) and is asked for the rest.
 */
final class ShownLists {
  private static final double TRAIN = 0.8;
  private static final double VALIDATION = 0.25;
  private static final double STANDARD_L2 = 100;

  // Of how many people what is learned must be.
  private static final int ALL = 0;
  private static final int SERVED = 20;

  private final Catalog catalog;
  private final List<Encounter> train;
  private final List<Encounter> test;
  private final double l2;
  private final long seed;

  ShownLists(RankLens events, OptionalDouble l2, long seed) {
    this.catalog = catalog(events);
    var encounters = Encounter.of(events);
    int learned = (int) (TRAIN * encounters.size());
    this.train = encounters.subList(0, learned);
    this.test = encounters.subList(learned, encounters.size());
    if (train.isEmpty() || test.isEmpty()) {
      throw new UnreadableDataException("there are too few lists with a like");
    }
    this.l2 = l2.orElse(STANDARD_L2);
    this.seed = seed;
  }

  private static Catalog catalog(RankLens events) {
    try {
      var read =
          CatalogLoader.load(
              new ByteArrayInputStream(events.titles().getBytes(StandardCharsets.UTF_8)));
      if (read instanceof CatalogRead.Whole whole) {
        return whole.catalog();
      }
      var fault = (CatalogRead.CatalogFault) read;
      throw new UnreadableDataException("title " + fault.line() + ": " + fault.what());
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be read", e);
    }
  }

  void report(Figures figures) {
    var blend = blend(train, ALL);
    var model = new RankingModel(catalog, learned(train, ALL), blend);
    var qualities = qualities(model, Encounter::profile);
    figures.add("ndcg@10", byPerson(qualities));
    figures.add("recall@10", mean(qualities.values(), ListQuality::recall));
    figures.add("map@10", mean(qualities.values(), ListQuality::averagePrecision));
    figures.add("coverage@10", coverage(model));
    figures.add("users", people(test).size());
    figures.add("rankings", test.size());
    figures.add("l2", l2);
    report(blend, figures);
    var none = qualities(model, encounter -> Profile.EMPTY);
    figures.add("ndcg@10.none", mean(none.values(), ListQuality::ndcg));
    figures.add("ndcg@10.likes", ndcg(model, Encounter::likes));
    figures.add("ndcg@10.preferences", ndcg(model, encounter -> encounter.genres(catalog)));
    figures.add("ndcg@10.catalogue", ndcg(new RankingModel(catalog), Encounter::profile));
    figures.add("ndcg@10.new", ofNew(model, Encounter::profile));
    figures.add("ndcg@10.new.none", ofNew(model, encounter -> Profile.EMPTY));
    byLength(qualities, none, figures);
    for (int percent : new int[] {10, 30, 100}) {
      for (int minPeople : new int[] {ALL, SERVED}) {
        var some = consenting(percent);
        var name = "ndcg@10.training-" + percent + "%" + (minPeople == ALL ? "" : ".shared-by-20");
        var taught = new RankingModel(catalog, learned(some, minPeople), blend(some, minPeople));
        figures.add(name, ndcg(taught, Encounter::profile));
      }
    }
  }

  private static void report(Blend blend, Figures figures) {
    figures.add("blend.popularity", blend.popularity());
    figures.add("blend.appeal", blend.appeal());
    figures.add("blend.likeness", blend.likeness());
    figures.add("blend.era", blend.era());
    figures.add("blend.together", blend.together());
    figures.add("blend.searches", blend.searches());
    figures.add("blend.preferences", blend.preferences());
  }

  /** The share of the catalogue that is in the first places of any list. */
  private double coverage(RankingModel model) {
    var listed = new HashSet<String>();
    test.forEach(
        encounter ->
            encounter.ranked(model, encounter.profile()).stream()
                .limit(ListQuality.CUT)
                .forEach(listed::add));
    return (double) listed.size() / catalog.size();
  }

  /** Of what a person comes across for the first time, as in a list without what they have seen. */
  private double ofNew(RankingModel model, Function<Encounter, Profile> shared) {
    return mean(
        qualities(
                test.stream().map(Encounter::onlyNew).flatMap(Optional::stream).toList(),
                model,
                shared)
            .values(),
        ListQuality::ndcg);
  }

  /**
   * How much each source counts, learned where the model did not learn from: once from people who
   * share what they came across, once as if they shared no more than genres.
   */
  private Blend blend(List<Encounter> known, int minPeople) {
    int kept = (int) (known.size() * (1 - VALIDATION));
    var sources = new BlendSources(catalog, learned(known.subList(0, kept), minPeople));
    return BlendSources.blend(
        Listwise.learn(
            known.subList(kept, known.size()).stream()
                .flatMap(
                    encounter ->
                        Stream.of(encounter.profile(), encounter.genres(catalog))
                            .map(
                                profile ->
                                    new Listwise.Example(
                                        sources.of(profile, encounter.titles(catalog)),
                                        encounter.wanted())))
                .toList()));
  }

  private Learned learned(List<Encounter> known, int minPeople) {
    return CrowdOfLists.learned(known, catalog, l2, minPeople);
  }

  /** Who would have agreed to training, if so many of a hundred did. */
  private List<Encounter> consenting(int percent) {
    var random = new SplittableRandom(seed);
    Set<String> agree = new HashSet<>();
    for (var person : people(train)) {
      if (random.nextInt(100) < percent) {
        agree.add(person);
      }
    }
    return train.stream().filter(encounter -> agree.contains(encounter.person())).toList();
  }

  private static Set<String> people(List<Encounter> encounters) {
    var people = new LinkedHashSet<String>();
    encounters.forEach(encounter -> people.add(encounter.person()));
    return people;
  }

  private Map<Encounter, ListQuality> qualities(
      RankingModel model, Function<Encounter, Profile> shared) {
    return qualities(test, model, shared);
  }

  private static Map<Encounter, ListQuality> qualities(
      List<Encounter> encounters, RankingModel model, Function<Encounter, Profile> shared) {
    var qualities = new LinkedHashMap<Encounter, ListQuality>();
    encounters.forEach(
        encounter -> qualities.put(encounter, encounter.quality(model, shared.apply(encounter))));
    return qualities;
  }

  private double ndcg(RankingModel model, Function<Encounter, Profile> shared) {
    return mean(qualities(model, shared).values(), ListQuality::ndcg);
  }

  private static double mean(
      Collection<ListQuality> qualities, Function<ListQuality, Double> figure) {
    return qualities.stream().mapToDouble(figure::apply).average().orElseThrow();
  }

  /** People are drawn, each with all their lists: lists of one person are not independent. */
  private Interval byPerson(Map<Encounter, ListQuality> qualities) {
    var people = List.copyOf(people(test));
    var places = new LinkedHashMap<String, Integer>();
    people.forEach(person -> places.put(person, places.size()));
    double[] sums = new double[people.size()];
    int[] counts = new int[people.size()];
    qualities.forEach(
        (encounter, quality) -> {
          int place = places.getOrDefault(encounter.person(), 0);
          sums[place] += quality.ndcg();
          counts[place]++;
        });
    return Interval.of(sums, counts, seed);
  }

  /** By how many titles a person had liked before, beside what a stranger would be shown. */
  private void byLength(
      Map<Encounter, ListQuality> qualities, Map<Encounter, ListQuality> none, Figures figures) {
    int[] bounds = {1, 4, 11, Integer.MAX_VALUE};
    for (int i = 0; i + 1 < bounds.length; i++) {
      int least = bounds[i];
      int beyond = bounds[i + 1];
      var some =
          test.stream()
              .filter(one -> one.liked() >= least && one.liked() < beyond)
              .collect(Collectors.toSet());
      if (!some.isEmpty()) {
        var name = "ndcg@10.liked-from-" + least;
        figures.add(name, mean(only(qualities, some), ListQuality::ndcg));
        figures.add(name + ".none", mean(only(none, some), ListQuality::ndcg));
      }
    }
  }

  private static List<ListQuality> only(Map<Encounter, ListQuality> all, Set<Encounter> some) {
    return all.entrySet().stream()
        .filter(one -> some.contains(one.getKey()))
        .map(Map.Entry::getValue)
        .toList();
  }
}

package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.BlendSources;
import dev.lethe.ranker.model.Learned;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;

/**
 * Learns from people: what is served of it, and how much each source counts.
 *
 * @param l2 the penalty of EASE
 * @param minPeople nothing is served of pairs of titles, or of titles, that fewer share
 * @param seed equal ones, with the same people in the same order, give equal models
 */
public record Trainer(double l2, int minPeople, long seed) {
  /** Learning takes time with the cube of it, and room with the square: 600 MB while it runs. */
  static final int MAX_TITLES = 5_000;

  /** So many people tell how much each source counts. */
  private static final int MAX_EXAMPLES = 2_000;

  private static final int MIN_EXAMPLES = 100;

  /** From one title, at most: a history of a thousand is summed up on an event loop. */
  private static final int STRONGEST = 200;

  /** A fifth of what somebody liked is asked for, among so many others. */
  private static final int ASIDE = 5;

  private static final int OTHERS = 100;

  private static final double BEST_RATING = 5;
  private static final double WORST_RATING = 0.5;

  /** What is served from now on. */
  public record Taught(Learned learned, Blend blend) {}

  /**
   * Learns. Takes a minute or two where there are as many titles as can be, for a worker.
   *
   * @param version of what is learned
   * @return empty when there are too few people to say how much anything counts
   */
  public Optional<Taught> learn(List<Taste> people, Catalog catalog, String version) {
    var random = new Random(seed);
    var known = new ArrayList<Taste>();
    var asked = new ArrayList<Question>();
    for (var taste : people) {
      int aside = taste.liked().size() / ASIDE;
      if (aside == 0 || asked.size() == MAX_EXAMPLES) {
        known.add(taste);
        continue;
      }
      var liked = new ArrayList<>(taste.liked());
      Collections.shuffle(liked, random);
      var rest = new Taste(liked.subList(aside, liked.size()), taste.turnedDown());
      known.add(rest);
      asked.add(new Question(rest, liked.subList(0, aside)));
    }
    if (asked.size() < MIN_EXAMPLES) {
      return Optional.empty();
    }
    var sources = new BlendSources(catalog, learned(known, catalog, version));
    var examples =
        asked.stream().flatMap(one -> one.example(sources, catalog, random).stream()).toList();
    if (examples.size() < MIN_EXAMPLES) {
      return Optional.empty();
    }
    var blend = BlendSources.blend(Listwise.learn(examples));
    return blend.orders()
        ? Optional.of(new Taught(learned(people, catalog, version), stated(blend)))
        : Optional.empty();
  }

  /** Nobody here said what they prefer, so that stays as it is. */
  private static Blend stated(Blend blend) {
    return new Blend(
        blend.popularity(),
        blend.appeal(),
        blend.likeness(),
        blend.era(),
        blend.together(),
        Blend.STANDARD.preferences());
  }

  private Learned learned(List<Taste> people, Catalog catalog, String version) {
    var vocabulary = new Vocabulary(people, id -> catalog.indexOf(id).isPresent(), MAX_TITLES);
    var crowd = new Crowd(vocabulary.titles().size());
    people.forEach(
        taste ->
            crowd.add(vocabulary.numbers(taste.liked()), vocabulary.numbers(taste.turnedDown())));
    return new Learned(
        version,
        vocabulary.titles(),
        crowd.appeal(minPeople),
        ServedWeights.of(Ease.learn(crowd.liked(), l2), crowd.liked(), minPeople, STRONGEST));
  }

  /** What somebody is known to have come across, and what they liked besides. */
  private record Question(Taste known, List<String> wanted) {
    /** Empty when the catalogue has none of what is wanted, or nothing else. */
    Optional<Listwise.Example> example(BlendSources sources, Catalog catalog, Random random) {
      var wantedTitles = new HashSet<Integer>();
      wanted.forEach(id -> catalog.indexOf(id).ifPresent(wantedTitles::add));
      var taken = new HashSet<>(wantedTitles);
      known.liked().forEach(id -> catalog.indexOf(id).ifPresent(taken::add));
      known.turnedDown().forEach(id -> catalog.indexOf(id).ifPresent(taken::add));
      var titles = new ArrayList<>(wantedTitles);
      for (int i = 0; i < OTHERS; i++) {
        int other = random.nextInt(catalog.size());
        if (taken.add(other)) {
          titles.add(other);
        }
      }
      if (wantedTitles.isEmpty() || titles.size() == wantedTitles.size()) {
        return Optional.empty();
      }
      boolean[] isWanted = new boolean[titles.size()];
      for (int i = 0; i < isWanted.length; i++) {
        isWanted[i] = wantedTitles.contains(titles.get(i));
      }
      return Optional.of(
          new Listwise.Example(
              sources.of(profile(), titles.stream().mapToInt(Integer::intValue).toArray()),
              isWanted));
    }

    private Profile profile() {
      var history = new ArrayList<Event.Watched>();
      known.liked().forEach(id -> history.add(rated(id, BEST_RATING)));
      known.turnedDown().forEach(id -> history.add(rated(id, WORST_RATING)));
      return new Profile(history, List.of(), Optional.empty(), Optional.empty());
    }

    private static Event.Watched rated(String id, double rating) {
      return new Event.Watched(
          id, Instant.EPOCH, OptionalDouble.empty(), OptionalDouble.of(rating));
    }
  }
}

package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.BlendSources;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Which of some titles somebody liked, from what else they came across.
 *
 * @param known what they are known to have come across
 * @param wanted indices of titles that they liked besides
 */
record Question(Counted known, int[] wanted) {
  /** A fifth of what somebody liked is asked for, among so many others. */
  private static final int ASIDE = 5;

  private static final int OTHERS = 100;

  private static final double BEST_RATING = 5;
  private static final double WORST_RATING = 0.5;

  /** Whether so much was counted of somebody that some of it can be asked for. */
  static boolean canBeAsked(Counted counted) {
    return counted.liked().length >= ASIDE;
  }

  static Question about(Counted counted, Random random) {
    int[] liked = counted.liked().clone();
    for (int i = liked.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int moved = liked[i];
      liked[i] = liked[j];
      liked[j] = moved;
    }
    int aside = liked.length / ASIDE;
    int[] rest = Arrays.copyOfRange(liked, aside, liked.length);
    Arrays.sort(rest);
    return new Question(new Counted(rest, counted.turnedDown()), Arrays.copyOf(liked, aside));
  }

  /** Empty when the catalogue has nothing else. */
  Optional<Listwise.Example> example(BlendSources sources, Catalog catalog, Random random) {
    var taken = new HashSet<Integer>();
    IntStream.of(known.liked()).forEach(taken::add);
    IntStream.of(known.turnedDown()).forEach(taken::add);
    IntStream.of(wanted).forEach(taken::add);
    var titles = IntStream.builder();
    IntStream.of(wanted).forEach(titles);
    for (int i = 0; i < OTHERS; i++) {
      int other = random.nextInt(catalog.size());
      if (taken.add(other)) {
        titles.add(other);
      }
    }
    int[] all = titles.build().toArray();
    if (all.length == wanted.length) {
      return Optional.empty();
    }
    boolean[] isWanted = new boolean[all.length];
    Arrays.fill(isWanted, 0, wanted.length, true);
    return Optional.of(new Listwise.Example(sources.of(profile(catalog), all), isWanted));
  }

  private Profile profile(Catalog catalog) {
    var history = new ArrayList<Event.Watched>();
    IntStream.of(known.liked()).forEach(title -> history.add(rated(catalog, title, BEST_RATING)));
    IntStream.of(known.turnedDown())
        .forEach(title -> history.add(rated(catalog, title, WORST_RATING)));
    return new Profile(history, List.of(), Optional.empty(), Optional.empty());
  }

  private static Event.Watched rated(Catalog catalog, int title, double rating) {
    return new Event.Watched(
        catalog.title(title).id(),
        Instant.EPOCH,
        OptionalDouble.empty(),
        OptionalDouble.of(rating));
  }
}

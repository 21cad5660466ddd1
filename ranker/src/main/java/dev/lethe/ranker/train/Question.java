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
 * @param all what they came across
 * @param known the part of it that is known
 * @param wanted indices of the titles that they liked besides
 * @param lot chooses the titles
 */
record Question(Counted all, Counted known, int[] wanted, long lot) {
  /** A fifth of what somebody liked is asked for, among so many others. */
  private static final int ASIDE = 5;

  private static final int OTHERS = 100;

  private static final double BEST_RATING = 5;
  private static final double WORST_RATING = 0.5;

  /** Whether so much was counted of somebody that some of it can be asked for. */
  static boolean canBeAsked(Counted counted) {
    return counted.liked().length >= ASIDE;
  }

  static Question about(Counted counted, long lot) {
    var random = new Random(lot);
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
    return new Question(
        counted, new Counted(rest, counted.turnedDown()), Arrays.copyOf(liked, aside), lot);
  }

  /** Empty when the catalogue has nothing else. */
  Optional<Listwise.Example> example(BlendSources sources, Catalog catalog) {
    var random = new Random(~lot);
    var taken = new HashSet<Integer>();
    IntStream.of(all.liked()).forEach(taken::add);
    IntStream.of(all.turnedDown()).forEach(taken::add);
    var titles = IntStream.builder();
    IntStream.of(wanted).forEach(titles);
    for (int i = 0; i < OTHERS; i++) {
      int other = random.nextInt(catalog.size());
      if (taken.add(other)) {
        titles.add(other);
      }
    }
    int[] asked = titles.build().toArray();
    if (asked.length == wanted.length) {
      return Optional.empty();
    }
    boolean[] isWanted = new boolean[asked.length];
    Arrays.fill(isWanted, 0, wanted.length, true);
    return Optional.of(new Listwise.Example(sources.of(profile(catalog), asked), isWanted));
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

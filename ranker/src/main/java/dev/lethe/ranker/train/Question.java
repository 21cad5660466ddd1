package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.BlendSources;
import dev.lethe.ranker.model.Hints;
import dev.lethe.ranker.model.WatchedTitles;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Which of some titles somebody found last, from what had happened before: as it is asked when they
 * are ranked for. A search that led to one of them came before it, one for more like it after. Of
 * preferences only the last ones are known, whenever they were stated.
 *
 * @param all what was counted of them
 * @param known the part of it that is not asked for
 * @param hints what had happened before says of the titles, those they liked first
 * @param wanted how many they liked
 */
record Question(Counted all, Counted known, Hints hints, int wanted) {
  /** A fifth of what somebody liked is asked for, among so many others. */
  private static final int ASIDE = 5;

  private static final int OTHERS = 100;

  /** Whether so much was counted of somebody that some of it can be asked for. */
  static boolean canBeAsked(Counted counted) {
    return counted.liked().length >= ASIDE;
  }

  /**
   * @param titles how many of the catalogue are learned about
   * @param lot chooses among what was found at the same time, and the other titles
   */
  static Question about(Teacher teacher, Catalog catalog, int titles, long lot) {
    var random = new Random(lot);
    var counted = teacher.counted();
    var found = found(teacher.profile(), catalog);
    var liked = newestFirst(counted.liked(), found, random);
    var wanted = liked.subList(0, liked.size() / ASIDE);
    var since = Objects.requireNonNull(found.get(wanted.get(wanted.size() - 1)));
    var hints =
        Hints.of(
            before(teacher.profile(), since, Set.copyOf(ids(wanted, catalog))),
            catalog,
            among(wanted, teacher.profile(), catalog, titles, random));
    int[] rest = liked.stream().skip(wanted.size()).mapToInt(title -> title).sorted().toArray();
    return new Question(counted, new Counted(rest, counted.turnedDown()), hints, wanted.size());
  }

  /** When each title was watched first: from then on it is not ranked any more. */
  private static Map<Integer, Instant> found(Profile profile, Catalog catalog) {
    var found = new HashMap<Integer, Instant>();
    profile.history().stream()
        .filter(event -> !WatchedTitles.leftAtOnce(event))
        .forEach( // newest first
            event ->
                catalog.indexOf(event.item()).ifPresent(title -> found.put(title, event.at())));
    return found;
  }

  private static List<Integer> newestFirst(
      int[] titles, Map<Integer, Instant> found, Random random) {
    var liked = new ArrayList<>(IntStream.of(titles).boxed().toList());
    Collections.shuffle(liked, random);
    liked.sort(
        Comparator.comparing((Integer title) -> Objects.requireNonNull(found.get(title)))
            .reversed());
    return liked;
  }

  private static List<String> ids(List<Integer> titles, Catalog catalog) {
    return titles.stream().map(title -> catalog.title(title).id()).toList();
  }

  /** What had happened until some time, but for some titles. */
  private static Profile before(Profile profile, Instant until, Set<String> without) {
    return new Profile(
        profile.history().stream()
            .filter(event -> happened(event, until) && !without.contains(event.item()))
            .toList(),
        profile.searches().stream().filter(event -> happened(event, until)).toList(),
        Optional.empty(),
        profile.preferences());
  }

  private static boolean happened(Event event, Instant until) {
    return !event.at().isAfter(until);
  }

  /** Some titles, and others that they never came across. */
  private static int[] among(
      List<Integer> wanted, Profile profile, Catalog catalog, int titles, Random random) {
    var taken = new HashSet<Integer>();
    profile.history().forEach(event -> catalog.indexOf(event.item()).ifPresent(taken::add));
    var among = new ArrayList<>(wanted);
    for (int i = 0; i < OTHERS; i++) {
      int other = random.nextInt(titles);
      if (taken.add(other)) {
        among.add(other);
      }
    }
    return among.stream().mapToInt(title -> title).toArray();
  }

  /** Empty when there is nothing else to be learned about. */
  Optional<Listwise.Example> example(BlendSources sources) {
    if (hints.titles().length == wanted) {
      return Optional.empty();
    }
    boolean[] isWanted = new boolean[hints.titles().length];
    Arrays.fill(isWanted, 0, wanted, true);
    return Optional.of(new Listwise.Example(sources.of(hints), isWanted));
  }
}

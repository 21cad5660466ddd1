package dev.lethe.ranker.eval;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A list that somebody was shown and liked something of, with what they had come across before: a
 * title that was liked then is an event with the best rating, one that was shown and not liked is
 * one that was left at once.
 *
 * @param before newest first
 */
record Encounter(
    String person, List<String> items, Set<String> likedItems, List<Event.Watched> before) {
  private static final double BEST_RATING = 5;

  /** Genres that are liked most stand for what somebody would have stated. */
  private static final int STATED_GENRES = 3;

  /** Those with a like, in the order of time, then of the file. */
  static List<Encounter> of(RankLens events) {
    var lists =
        events.shown().stream()
            .filter(list -> !list.likes().isEmpty())
            .sorted(Comparator.comparing(RankLens.Shown::at))
            .toList();
    var histories = new HashMap<String, List<Event.Watched>>();
    var encounters = new ArrayList<Encounter>();
    for (var list : lists) {
      var history = histories.computeIfAbsent(list.person(), person -> new ArrayList<>());
      var liked = new HashSet<String>();
      list.likes().forEach(like -> liked.add(like.item()));
      var before = new ArrayList<>(history);
      Collections.reverse(before);
      encounters.add(new Encounter(list.person(), list.items(), liked, List.copyOf(before)));
      for (var item : list.items()) {
        boolean good = liked.contains(item);
        history.add(
            new Event.Watched(
                item,
                list.at(),
                good ? OptionalDouble.empty() : OptionalDouble.of(0),
                good ? OptionalDouble.of(BEST_RATING) : OptionalDouble.empty()));
      }
    }
    return encounters;
  }

  Profile profile() {
    return whoWatched(before);
  }

  /** The same without what was not liked. */
  Profile likes() {
    return whoWatched(before.stream().filter(Encounter::isLike).toList());
  }

  /** How many titles had been liked before. */
  int liked() {
    return likes().history().size();
  }

  /** Nothing but the genres of what was liked most often. */
  Profile genres(Catalog catalog) {
    var counts = new HashMap<String, Integer>();
    before.stream()
        .filter(Encounter::isLike)
        .flatMap(event -> catalog.byId(event.item()).stream())
        .flatMap(title -> title.genres().stream())
        .forEach(genre -> counts.merge(genre, 1, Integer::sum));
    var stated = new HashMap<String, Double>();
    counts.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(STATED_GENRES)
        .forEach(genre -> stated.put(genre.getKey(), 1.0));
    return new Profile(
        List.of(),
        List.of(),
        Optional.empty(),
        stated.isEmpty()
            ? Optional.empty()
            : Optional.of(new Document.Preferences(stated, List.of())));
  }

  static boolean isLike(Event.Watched event) {
    return event.rating().isPresent();
  }

  int[] titles(Catalog catalog) {
    return items.stream().mapToInt(item -> catalog.indexOf(item).orElseThrow()).toArray();
  }

  boolean[] wanted() {
    boolean[] wanted = new boolean[items.size()];
    for (int i = 0; i < wanted.length; i++) {
      wanted[i] = likedItems.contains(items.get(i));
    }
    return wanted;
  }

  /** The same with only those titles that the person had not come across; empty without a like. */
  Optional<Encounter> onlyNew() {
    var known = before.stream().map(Event.Watched::item).collect(Collectors.toSet());
    var fresh = items.stream().filter(item -> !known.contains(item)).toList();
    return fresh.stream().anyMatch(likedItems::contains)
        ? Optional.of(new Encounter(person, fresh, likedItems, before))
        : Optional.empty();
  }

  /** The list as a model ranks it, told so much of the person. */
  List<String> ranked(RankingModel model, Profile shared) {
    return model.rank(shared, Optional.of(items), items.size(), false).items().stream()
        .map(Ranking.Item::id)
        .toList();
  }

  /** How well a model ranks the list, told so much of the person. */
  ListQuality quality(RankingModel model, Profile shared) {
    int[] list = ranked(model, shared).stream().mapToInt(items::indexOf).toArray();
    int[] wanted =
        items.stream().filter(likedItems::contains).mapToInt(items::indexOf).distinct().toArray();
    return ListQuality.of(list, wanted);
  }

  private static Profile whoWatched(List<Event.Watched> newestFirst) {
    return new Profile(newestFirst, List.of(), Optional.empty(), Optional.empty());
  }

  @Override
  public String toString() {
    return "Encounter[hidden]";
  }
}

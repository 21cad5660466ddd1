package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Profile;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * A transparent additive score: popularity, history, searches, preferences and demographics, summed
 * in this order.
 *
 * <p>Nothing but the catalogue, what was learned from everybody and the given profile has a part in
 * it, so an empty profile gives the non-personal order byte for byte, and equal input gives equal
 * bytes. The terms of an explanation sum to the score within 1e-9: rounding differs, since a score
 * is not computed term by term.
 *
 * <p>The whole catalogue is summed up term by term over inverted lists (term-at-a-time: Turtle and
 * Flood, Query evaluation: strategies and optimizations, 1995). Such sums differ from scores by
 * rounding, so they only say which titles cannot be among the best; the others are scored as
 * candidates are. What is ranked is what scoring every title gives, bit by bit.
 */
public final class RankingModel {
  private static final String VERSION = "content-2";

  private final Catalog catalog;
  private final String learnedVersion;
  private final LearnedTitles learned;
  private final Blend blend;
  private final PopularityPart popularity;

  /**
   * More than a sum and a score can differ by: a few hundred summands, which stay below 10,000
   * times what counts most, are rounded by 2^-53 each.
   */
  private final double rounding;

  /** A title on its way into the order: muted ones last, best first, ties by id. */
  private record Scored(int title, String id, double score, boolean muted)
      implements Comparable<Scored> {
    @Override
    public int compareTo(Scored other) {
      if (muted != other.muted) {
        return muted ? 1 : -1;
      }
      int byScore = Double.compare(other.score, score);
      return byScore != 0 ? byScore : id.compareTo(other.id);
    }
  }

  /** One for a catalogue of which nothing has been learned. */
  public RankingModel(Catalog catalog) {
    this(catalog, Learned.NOTHING, Blend.STANDARD);
  }

  public RankingModel(Catalog catalog, Learned learned, Blend blend) {
    this.catalog = catalog;
    this.learnedVersion = learned.version();
    this.learned = new LearnedTitles(learned, catalog);
    this.blend = blend;
    popularity = new PopularityPart(catalog, this.learned, blend);
    rounding = 1e-9 * Math.max(1, blend.most());
  }

  /** The catalogue that it ranks. */
  public Catalog catalog() {
    return catalog;
  }

  /**
   * Names scoring, catalogue and what was learned, so that equal versions rank equally: {@code
   * content-2.3fa9c2d1}, with {@code +} and the version of what was learned, if anything was.
   */
  public String version() {
    return VERSION
        + "."
        + catalog.digest().substring(0, 8)
        + (learnedVersion.isEmpty() ? "" : "+" + learnedVersion);
  }

  /**
   * Ranks the catalogue without seen and muted titles, or the candidates with muted ones last.
   *
   * @param candidates ids; repeated ones count once
   * @param limit at most so many items
   * @param explain whether the terms of each score are wanted
   */
  public Ranked rank(
      Profile profile, Optional<List<String>> candidates, int limit, boolean explain) {
    var parts = parts(profile);
    var explanation = explain ? Optional.of(new Explanation(parts)) : Optional.<Explanation>empty();
    var items =
        best(profile, parts, candidates, limit).stream()
            .map(one -> item(one, explanation))
            .toList();
    return new Ranked(items, candidates.map(this::unknown).orElse(List.of()));
  }

  /**
   * The place of each title among all that are ranked, 1 for the best, by id.
   *
   * @param candidates as of {@link #rank}
   */
  Map<String, Integer> places(Profile profile, Optional<List<String>> candidates) {
    var places = new HashMap<String, Integer>();
    best(profile, parts(profile), candidates, catalog.size())
        .forEach(one -> places.put(one.id(), places.size() + 1));
    return places;
  }

  private List<Scored> best(
      Profile profile, List<Part> parts, Optional<List<String>> candidates, int limit) {
    var muted = muted(profile);
    var best = new Best(limit);
    var done = new BitSet(catalog.size());
    if (candidates.isPresent()) {
      for (var id : candidates.get()) {
        var found = catalog.indexOf(id);
        if (found.isPresent() && !done.get(found.getAsInt())) {
          done.set(found.getAsInt());
          best.offer(scored(found.getAsInt(), id, parts, muted.contains(id)));
        }
      }
      return best.inOrder();
    }
    muted.forEach(id -> catalog.indexOf(id).ifPresent(done::set));
    profile.history().stream()
        .filter(event -> !WatchedTitles.leftAtOnce(event))
        .forEach(event -> catalog.indexOf(event.item()).ifPresent(done::set));
    double[] sums = new double[catalog.size()];
    parts.forEach(part -> part.addScores(sums));
    for (int title = done.nextClearBit(0);
        title < catalog.size();
        title = done.nextClearBit(title + 1)) {
      if (best.admits(sums[title] + rounding)) {
        best.offer(scored(title, catalog.title(title).id(), parts, false));
      }
    }
    return best.inOrder();
  }

  private List<String> unknown(List<String> candidates) {
    return candidates.stream().filter(id -> catalog.indexOf(id).isEmpty()).distinct().toList();
  }

  private List<Part> parts(Profile profile) {
    var recency = Recency.of(profile, catalog);
    var parts = new ArrayList<Part>();
    parts.add(popularity);
    if (!profile.history().isEmpty()) {
      var watched = WatchedTitles.of(profile, catalog, recency);
      parts.add(HistoryPart.of(watched, catalog, learned, blend));
    }
    if (!profile.searches().isEmpty()) {
      parts.add(new SearchPart(profile, catalog, recency, blend.searches()));
    }
    profile
        .preferences()
        .ifPresent(stated -> parts.add(new PreferencePart(stated, catalog, blend.preferences())));
    profile.demographics().ifPresent(stated -> parts.add(new SegmentPart(stated, catalog)));
    return parts;
  }

  private static Scored scored(int title, String id, List<Part> parts, boolean muted) {
    double score = 0;
    for (var part : parts) {
      score += part.score(title);
    }
    return new Scored(title, id, score, muted);
  }

  private Ranking.Item item(Scored one, Optional<Explanation> explanation) {
    return new Ranking.Item(
        one.id(),
        catalog.title(one.title()).title(),
        one.score(),
        explanation.map(all -> all.of(one.title())).orElse(List.of()));
  }

  private static Set<String> muted(Profile profile) {
    return profile.preferences().map(Document.Preferences::muted).map(Set::copyOf).orElse(Set.of());
  }

  /** The best of what is offered, in no more room than that. */
  private static final class Best {
    private final int limit;
    private final PriorityQueue<Scored> worstFirst =
        new PriorityQueue<>(Comparator.<Scored>reverseOrder());

    Best(int limit) {
      this.limit = limit;
    }

    /** Whether a title that is not muted and scores no more than this may be among them. */
    boolean admits(double score) {
      return worstFirst.size() < limit || score >= worstFirst.element().score();
    }

    void offer(Scored one) {
      if (worstFirst.size() < limit) {
        worstFirst.add(one);
      } else if (one.compareTo(worstFirst.element()) < 0) {
        worstFirst.remove();
        worstFirst.add(one);
      }
    }

    List<Scored> inOrder() {
      return worstFirst.stream().sorted().toList();
    }
  }
}

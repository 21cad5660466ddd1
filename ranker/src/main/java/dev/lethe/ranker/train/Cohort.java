package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Those who are counted together, and what they add up to. Equal people make equal cohorts, in
 * whatever order they come; who is taken out again leaves nothing behind. Not safe for use by
 * several threads.
 *
 * <p>It is about the titles that come first in a catalogue, the most popular ones: which these are
 * is not learned from anybody.
 */
public final class Cohort {
  /** Learning takes time with the cube of it, and room with the square: 600 MB while it runs. */
  static final int MAX_TITLES = 5_000;

  /** So many people, chosen by lot, tell how much each source counts. */
  private static final int MAX_EXAMPLES = 2_000;

  private final Catalog catalog;
  private final long seed;
  private final Crowd crowd;

  /** By lot. */
  private final TreeMap<Long, Counted> examples = new TreeMap<>();

  /**
   * @param seed of the lot
   */
  public Cohort(Catalog catalog, long seed) {
    this.catalog = catalog;
    this.seed = seed;
    crowd = new Crowd(Math.min(catalog.size(), MAX_TITLES));
  }

  /** Those who published what they like. */
  public static Cohort of(List<Taste> people, Catalog catalog, long seed) {
    var cohort = new Cohort(catalog, seed);
    for (int person = 0; person < people.size(); person++) {
      cohort.add(person, Counted.of(people.get(person), catalog, cohort.titles()));
    }
    return cohort;
  }

  /** How many titles it is about: those with an index below it. */
  int titles() {
    return crowd.liked().titles();
  }

  Catalog catalog() {
    return catalog;
  }

  /** What they add up to. */
  Crowd crowd() {
    return crowd;
  }

  /** Those who tell how much each source counts, by lot. */
  SortedMap<Long, Counted> examples() {
    return examples;
  }

  /**
   * Counts somebody in.
   *
   * @param person another number for each
   */
  void add(long person, Counted counted) {
    crowd.add(counted.liked(), counted.turnedDown());
    if (Question.canBeAsked(counted)) {
      examples.put(lot(person), counted);
      if (examples.size() > MAX_EXAMPLES) {
        examples.pollLastEntry();
      }
    }
  }

  /**
   * Takes somebody out.
   *
   * @param counted what was counted in of this person
   * @return whether they told how much each source counts
   * @throws IllegalArgumentException when nobody like that was counted in; nothing has changed then
   */
  boolean remove(long person, Counted counted) {
    crowd.remove(counted.liked(), counted.turnedDown());
    return examples.remove(lot(person)) != null;
  }

  /** SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014): different for different people. */
  private long lot(long person) {
    long mixed = person + seed * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}

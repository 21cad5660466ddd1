package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Those who are counted together, and what they add up to. Equal people make equal cohorts, in
 * whatever order they come; of who is taken out again nothing is left, but that, where there are
 * more examples than are asked, somebody else was not asked. Not safe for use by several threads.
 *
 * <p>It is about the titles that come first in a catalogue, the most popular ones: which these are
 * is not learned from anybody.
 */
public final class Cohort {
  /** Learning takes time with the cube of it, and room with the square. */
  private static final int MOST_TITLES = 5_000;

  /** Of two models, one served and one being learned: counts and inverses, with room to work. */
  private static final long BYTES_PER_PAIR = 72;

  /** So many people, chosen by lot, tell how much each source counts. */
  private static final int MAX_EXAMPLES = 1_000;

  private final Catalog catalog;
  private final long seed;
  private final Crowd crowd;

  /** The same without what the examples are asked for. */
  private final Crowd known;

  /** By lot. */
  private final TreeMap<Long, Question> examples = new TreeMap<>();

  /**
   * @param titles how many it is about, at most
   * @param seed of the lot
   */
  public Cohort(Catalog catalog, int titles, long seed) {
    this.catalog = catalog;
    this.seed = seed;
    int learned = Math.min(catalog.size(), titles);
    crowd = new Crowd(learned);
    known = new Crowd(learned);
  }

  /** About how many titles can be learned in half of a heap of so many bytes. */
  public static int titles(long heap) {
    return (int) Math.min(MOST_TITLES, Math.sqrt(heap / 2.0 / BYTES_PER_PAIR));
  }

  /** Those who published what they like. */
  public static Cohort of(List<Taste> people, Catalog catalog, int titles, long seed) {
    var cohort = new Cohort(catalog, titles, seed);
    for (int person = 0; person < people.size(); person++) {
      cohort.add(person, Teacher.of(people.get(person).profile(), catalog, cohort.titles()));
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

  /** The same without what the examples are asked for. */
  Crowd known() {
    return known;
  }

  /** What is asked of those who tell how much each source counts, by lot. */
  SortedMap<Long, Question> examples() {
    return examples;
  }

  /**
   * Counts somebody in.
   *
   * @param person another number for each
   */
  void add(long person, Teacher teacher) {
    var counted = teacher.counted();
    crowd.add(counted);
    long lot = lot(person);
    if (!Question.canBeAsked(counted) || isLate(lot)) {
      known.add(counted);
      return;
    }
    var question = Question.about(teacher, catalog, titles(), lot);
    known.add(question.known());
    examples.put(lot, question);
    if (examples.size() > MAX_EXAMPLES) {
      var last = examples.pollLastEntry().getValue();
      known.remove(last.known());
      known.add(last.all());
    }
  }

  private boolean isLate(long lot) {
    return examples.size() == MAX_EXAMPLES && lot > examples.lastKey();
  }

  /**
   * Takes somebody out.
   *
   * @param counted what was counted in of this person
   * @return what is to be taken out of what was learned from {@link #known}
   * @throws IllegalArgumentException when nobody like that was counted in; it is not known then any
   *     more who is
   */
  Counted remove(long person, Counted counted) {
    crowd.remove(counted);
    var question = examples.remove(lot(person));
    var taken = question == null ? counted : question.known();
    known.remove(taken);
    return taken;
  }

  /** SplitMix64 (G. Steele, D. Lea and C. Flood, OOPSLA 2014): different for different people. */
  private long lot(long person) {
    long mixed = person + seed * 0x9e3779b97f4a7c15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xbf58476d1ce4e5b9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
    return mixed ^ (mixed >>> 31);
  }
}

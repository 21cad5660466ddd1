package dev.lethe.ranker.train;

/**
 * How many people any two titles share: the Gram matrix {@code XᵀX} of the matrix {@code X} of
 * people and titles, which holds a 1 where somebody watched something. The counts are integers, so
 * what is taken out again was never there: equal, not close.
 *
 * <p>Kept as its upper triangle, 2 n² bytes for n titles. Not safe for use by several threads.
 */
public final class Gram {
  /** The square of more titles than these, which {@link Ease} needs, has no place in an array. */
  public static final int MAX_TITLES = 46_340;

  private final int titles;
  private final int[] counts;

  /**
   * @param titles how many; their numbers are 0 to titles - 1
   */
  public Gram(int titles) {
    if (titles < 0 || titles > MAX_TITLES) {
      throw new IllegalArgumentException("titles out of range: " + titles);
    }
    this.titles = titles;
    counts = new int[Math.toIntExact((long) titles * (titles + 1) / 2)];
  }

  public int titles() {
    return titles;
  }

  /**
   * Counts a person in.
   *
   * @param watched different titles, ascending
   */
  public void add(int[] watched) {
    requireAscending(watched);
    for (int i = 0; i < watched.length; i++) {
      int row = row(watched[i]);
      for (int j = i; j < watched.length; j++) {
        counts[row + watched[j]]++;
      }
    }
  }

  /**
   * Takes a person out who was counted in with just these titles.
   *
   * @param watched different titles, ascending
   * @throws IllegalArgumentException when nobody with these titles can have been counted in;
   *     nothing has changed then
   */
  public void remove(int[] watched) {
    requireAscending(watched);
    for (int i = 0; i < watched.length; i++) {
      for (int j = i; j < watched.length; j++) {
        if (counts[row(watched[i]) + watched[j]] == 0) {
          throw new IllegalArgumentException("nobody counted in has all of these titles");
        }
      }
    }
    for (int i = 0; i < watched.length; i++) {
      int row = row(watched[i]);
      for (int j = i; j < watched.length; j++) {
        counts[row + watched[j]]--;
      }
    }
  }

  /** How many people watched a title. */
  public int people(int title) {
    return counts[row(title) + title];
  }

  /** How many people watched both of two titles. */
  public int shared(int one, int other) {
    return counts[row(Math.min(one, other)) + Math.max(one, other)];
  }

  /** Where the counts of a title and those after it would begin, were the first of them title 0. */
  private int row(int title) {
    return (int) ((long) title * (2L * titles - title - 1) / 2);
  }

  private void requireAscending(int[] watched) {
    int previous = -1;
    for (int title : watched) {
      if (title <= previous || title >= titles) {
        throw new IllegalArgumentException("titles must be known, different and ascend");
      }
      previous = title;
    }
  }
}

package dev.lethe.ranker.train;

/**
 * Counts of who liked what, what they liked together and what they turned down. All are integers,
 * so that who is taken out again was never there. Not safe for use by several threads.
 */
public final class Crowd {
  /** So many people who like a title and do not are imagined for each, against chance. */
  private static final double IMAGINED_LIKED = 1;

  private static final double IMAGINED_TURNED_DOWN = 7;

  private final Gram liked;
  private final int[] turnedDown;

  public Crowd(int titles) {
    liked = new Gram(titles);
    turnedDown = new int[titles];
  }

  /** Counts somebody in. */
  void add(Counted counted) {
    add(counted.liked(), counted.turnedDown());
  }

  /** Takes somebody out again. */
  void remove(Counted counted) {
    remove(counted.liked(), counted.turnedDown());
  }

  /**
   * Counts somebody in.
   *
   * @param liked different titles, ascending
   * @param turnedDown different titles, none of them liked
   */
  public void add(int[] liked, int[] turnedDown) {
    this.liked.add(liked);
    for (int title : turnedDown) {
      this.turnedDown[title]++;
    }
  }

  /**
   * Takes somebody out who was counted in with just these titles.
   *
   * @throws IllegalArgumentException when nobody like that can have been; nothing has changed then
   */
  public void remove(int[] liked, int[] turnedDown) {
    for (int title : turnedDown) {
      if (this.turnedDown[title] == 0) {
        throw new IllegalArgumentException("nobody counted in turned all of these titles down");
      }
    }
    this.liked.remove(liked);
    for (int title : turnedDown) {
      this.turnedDown[title]--;
    }
  }

  /** Who liked what, and what together. */
  public Gram liked() {
    return liked;
  }

  /**
   * How likely who comes across each title likes it, as log-odds above those of a title that nobody
   * came across. Where nothing is ever turned down it grows with the logarithm of how many watched.
   *
   * @param minPeople who came across a title, for anything to be said about it
   */
  public double[] appeal(int minPeople) {
    double[] appeal = new double[turnedDown.length];
    for (int title = 0; title < appeal.length; title++) {
      int found = liked.people(title) + turnedDown[title];
      if (found >= minPeople) {
        appeal[title] =
            Math.log(liked.people(title) / IMAGINED_LIKED + 1)
                - Math.log(turnedDown[title] / IMAGINED_TURNED_DOWN + 1);
      }
    }
    return appeal;
  }
}

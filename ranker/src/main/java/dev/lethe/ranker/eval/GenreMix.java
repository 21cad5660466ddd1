package dev.lethe.ranker.eval;

/** How the genres of a list stand to each other and to what somebody watched. */
final class GenreMix {
  /** How much of what was watched is mixed into a list, so that the divergence stays finite. */
  private static final double SMOOTHING = 0.01;

  private final int[][] byTitle;
  private final int genres;

  /**
   * @param byTitle numbers of the genres of each title
   */
  GenreMix(int[][] byTitle) {
    this.byTitle = byTitle;
    int most = -1;
    for (int[] own : byTitle) {
      for (int genre : own) {
        most = Math.max(most, genre);
      }
    }
    genres = most + 1;
  }

  /**
   * How far the genres of a list are from those of what was watched: their Kullback-Leibler
   * divergence in nats, 0 when the shares are the same (H. Steck, Calibrated Recommendations,
   * RecSys 2018).
   */
  double miscalibration(int[] watched, int[] list) {
    double[] wanted = shares(watched);
    double[] given = shares(list);
    double divergence = 0;
    for (int genre = 0; genre < genres; genre++) {
      if (wanted[genre] > 0) {
        double smoothed = (1 - SMOOTHING) * given[genre] + SMOOTHING * wanted[genre];
        divergence += wanted[genre] * Math.log(wanted[genre] / smoothed);
      }
    }
    return divergence;
  }

  /** How unlike the titles of a list are: the mean, over all pairs, of 1 - cosine of genres. */
  double diversity(int[] list) {
    double sum = 0;
    int pairs = 0;
    for (int i = 0; i < list.length; i++) {
      for (int j = i + 1; j < list.length; j++) {
        sum += 1 - cosine(byTitle[list[i]], byTitle[list[j]]);
        pairs++;
      }
    }
    return pairs == 0 ? 0 : sum / pairs;
  }

  private double[] shares(int[] titles) {
    double[] shares = new double[genres];
    for (int title : titles) {
      for (int genre : byTitle[title]) {
        shares[genre] += 1.0 / byTitle[title].length / titles.length;
      }
    }
    return shares;
  }

  private static double cosine(int[] one, int[] other) {
    int both = 0;
    int j = 0;
    for (int genre : one) {
      while (j < other.length && other[j] < genre) {
        j++;
      }
      if (j < other.length && other[j] == genre) {
        both++;
      }
    }
    return both == 0 ? 0 : both / Math.sqrt((double) one.length * other.length);
  }
}

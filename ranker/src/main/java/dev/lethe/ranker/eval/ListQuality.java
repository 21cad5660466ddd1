package dev.lethe.ranker.eval;

import java.util.Arrays;

/**
 * How good one list is for one person, with binary gain: a title is wanted or not. Each figure is
 * 0..1, and only the first {@value #CUT} places count.
 *
 * @param ndcg discounted cumulative gain as a share of the best that {@value #CUT} places can have
 *     (K. Järvelin, J. Kekäläinen, ACM TOIS 2002)
 * @param recall what was found, as a share of what is wanted
 * @param averagePrecision the mean, over the wanted titles, of the precision at the place of each;
 *     at most {@value #CUT} of them count
 */
public record ListQuality(double ndcg, double recall, double averagePrecision) {
  public static final int CUT = 10;

  /**
   * @param list best first
   * @param wanted at least one title
   */
  public static ListQuality of(int[] list, int[] wanted) {
    if (wanted.length == 0) {
      throw new IllegalArgumentException("nothing is wanted: any list is as good as another");
    }
    int[] sorted = wanted.clone();
    Arrays.sort(sorted);
    int places = Math.min(CUT, wanted.length);
    double gain = 0;
    double precisions = 0;
    int found = 0;
    for (int place = 0; place < Math.min(CUT, list.length); place++) {
      if (Arrays.binarySearch(sorted, list[place]) >= 0) {
        found++;
        gain += discount(place);
        precisions += (double) found / (place + 1);
      }
    }
    double ideal = 0;
    for (int place = 0; place < places; place++) {
      ideal += discount(place);
    }
    return new ListQuality(gain / ideal, (double) found / wanted.length, precisions / places);
  }

  private static double discount(int place) {
    return Math.log(2) / Math.log(place + 2);
  }
}

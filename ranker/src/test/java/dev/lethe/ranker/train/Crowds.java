package dev.lethe.ranker.train;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Made-up people whose tastes differ. */
final class Crowds {
  private Crowds() {}

  /** So many people, each of whom watched some of the titles, ascending; the first most of all. */
  static List<int[]> of(int people, int titles, long seed) {
    var random = new SplittableRandom(seed);
    var crowd = new ArrayList<int[]>();
    for (int person = 0; person < people; person++) {
      int taste = random.nextInt(4);
      crowd.add(
          IntStream.range(0, titles)
              .filter(
                  title ->
                      random.nextDouble()
                          < (title % 4 == taste ? 0.5 : 0.1) * (1 - 0.8 * title / titles))
              .toArray());
    }
    return crowd;
  }

  /** Somebody of whom titles are counted that are called by their numbers, as in {@code t-7}. */
  static Teacher teacher(Counted counted) {
    return new Teacher(
        counted, new Taste(ids(counted.liked()), ids(counted.turnedDown())).profile());
  }

  private static List<String> ids(int[] titles) {
    return IntStream.of(titles).mapToObj(title -> "t-" + title).toList();
  }

  static Gram counted(List<int[]> crowd, int titles) {
    var gram = new Gram(titles);
    crowd.forEach(gram::add);
    return gram;
  }
}

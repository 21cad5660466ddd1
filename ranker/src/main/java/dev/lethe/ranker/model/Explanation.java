package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Ranking;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The terms of a score as shares, largest first. Terms beyond the eight largest are summed as
 * "other", which stands last. A share is a term divided by the sum of the absolute values of what
 * is listed, that sum included: so the absolute shares add up to 1 even when what was summed up had
 * mixed signs. Terms of zero are left out; without any other there is no explanation.
 *
 * <p>Made for one profile and used for each of its titles, by one thread.
 */
final class Explanation {
  static final int LISTED = 8;

  private final List<Part> parts;

  /** Of all sources, part by part. */
  private final double[] amounts;

  /** Places of the largest terms, largest first. */
  private final int[] largest = new int[LISTED];

  Explanation(List<Part> parts) {
    this.parts = parts;
    amounts = new double[parts.stream().mapToInt(Part::sources).sum()];
  }

  List<Ranking.Because> of(int title) {
    int from = 0;
    for (var part : parts) {
      part.amounts(title, amounts, from);
      from += part.sources();
    }
    int listed = findLargest();
    double[] terms = new double[listed];
    double total = 0;
    for (int i = 0; i < listed; i++) {
      terms[i] = amounts[largest[i]];
      total += Math.abs(terms[i]);
      amounts[largest[i]] = 0; // so that what is left can be summed up
    }
    double others = Arrays.stream(amounts).sum();
    total += Math.abs(others);
    var because = new ArrayList<Ranking.Because>();
    for (int i = 0; i < listed; i++) {
      because.add(source(largest[i]).because(terms[i] / total));
    }
    if (others != 0) {
      because.add(Source.ofEverybody("other").because(others / total));
    }
    return because;
  }

  /** Equal terms keep the order of the parts and, within them, of the profile. */
  private int findLargest() {
    int count = 0;
    for (int place = 0; place < amounts.length; place++) {
      double size = Math.abs(amounts[place]);
      if (size > 0 && (count < LISTED || size > Math.abs(amounts[largest[count - 1]]))) {
        int rank = count < LISTED ? count++ : count - 1;
        while (rank > 0 && size > Math.abs(amounts[largest[rank - 1]])) {
          largest[rank] = largest[rank - 1];
          rank--;
        }
        largest[rank] = place;
      }
    }
    return count;
  }

  private Source source(int place) {
    int number = place;
    for (var part : parts) {
      if (number < part.sources()) {
        return part.source(number);
      }
      number -= part.sources();
    }
    throw new IllegalArgumentException("no such source");
  }
}

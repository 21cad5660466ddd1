package dev.lethe.ranker.model;

import dev.lethe.ranker.catalog.Catalog;
import java.util.Arrays;

/**
 * What was learned, by the titles of a catalogue. Titles that the catalogue lacks stand for
 * nothing, and of titles that nothing was learned about nothing is known; immutable.
 */
final class LearnedTitles {
  private static final int NOTHING = -1;

  private final Learned learned;

  /** By the catalogue's index, the index in what was learned. */
  private final int[] places;

  /** The other way round; {@link #NOTHING} where the catalogue lacks the title. */
  private final int[] titles;

  LearnedTitles(Learned learned, Catalog catalog) {
    this.learned = learned;
    places = new int[catalog.size()];
    Arrays.fill(places, NOTHING);
    titles = new int[learned.titles().size()];
    Arrays.fill(titles, NOTHING);
    for (int place = 0; place < titles.length; place++) {
      int known = place;
      catalog.indexOf(learned.titles().get(place)).ifPresent(title -> places[title] = known);
    }
    for (int title = 0; title < places.length; title++) {
      if (places[title] != NOTHING) {
        titles[places[title]] = title;
      }
    }
  }

  double appeal(int title) {
    return places[title] == NOTHING ? 0 : learned.appeal()[places[title]];
  }

  /** Room for sums of weights to all titles that something was learned about. */
  double[] sums() {
    return new double[learned.titles().size()];
  }

  /** Adds a multiple of the weights from a title. */
  void add(int from, double factor, double[] sums) {
    if (places[from] != NOTHING) {
      learned.weights().add(places[from], factor, sums);
    }
  }

  /** What such a sum has for a title. */
  double sum(int title, double[] sums) {
    return places[title] == NOTHING ? 0 : sums[places[title]];
  }

  /** Adds what such a sum has for each title of the catalogue. */
  void addSums(double[] sums, double[] all) {
    for (int place = 0; place < titles.length; place++) {
      if (titles[place] != NOTHING) {
        all[titles[place]] += sums[place];
      }
    }
  }

  double weight(int from, int to) {
    return places[from] == NOTHING || places[to] == NOTHING
        ? 0
        : learned.weights().weight(places[from], places[to]);
  }
}

package dev.lethe.ranker.model;

/**
 * What people watched who watched the same: the learned weight from the liked title to the other,
 * times what the liked one says. Titles that were turned down say nothing.
 */
final class Together implements Kinship {
  private final WatchedTitles watched;
  private final LearnedTitles learned;
  private final double strength;
  private final double[] sums;

  Together(WatchedTitles watched, LearnedTitles learned, double strength) {
    this.watched = watched;
    this.learned = learned;
    this.strength = strength;
    sums = learned.sums();
    for (int place = 0; place < watched.count(); place++) {
      if (watched.weight(place) > 0) {
        learned.add(watched.title(place), strength * watched.weight(place), sums);
      }
    }
  }

  @Override
  public double score(int title) {
    return learned.sum(title, sums);
  }

  @Override
  public void addScores(double[] all) {
    learned.addSums(sums, all);
  }

  @Override
  public void addAmounts(int title, double[] amounts, int from) {
    for (int place = 0; place < watched.count(); place++) {
      if (watched.weight(place) > 0) {
        amounts[from + place] +=
            strength * watched.weight(place) * learned.weight(watched.title(place), title);
      }
    }
  }
}

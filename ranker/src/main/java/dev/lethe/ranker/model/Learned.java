package dev.lethe.ranker.model;

import java.util.List;

/**
 * What was learned from everybody who agreed to it, as it is served; immutable.
 *
 * @param version names it; nothing that was learned from others has the same
 * @param titles the ids of the titles that it is about; their places are the numbers of the others
 * @param appeal by title: how likely who comes across it likes it, as log-odds above those of a
 *     title that nobody came across
 */
public record Learned(String version, List<String> titles, double[] appeal, TitleWeights weights) {
  /** When nobody has been learned from. */
  public static final Learned NOTHING =
      new Learned("", List.of(), new double[0], TitleWeights.NONE);

  public Learned {
    if (titles.size() != appeal.length || titles.size() != weights.titles()) {
      throw new IllegalArgumentException("not the same titles everywhere");
    }
  }

  @Override
  public String toString() {
    return "Learned[" + version + ", " + titles.size() + " titles]";
  }
}

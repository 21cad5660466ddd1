package dev.lethe.gateway.app.config;

import dev.lethe.ranker.eval.Split;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The settings of an evaluation. */
public final class EvalSettings {
  /** Which kind of data set is read. */
  public enum Dataset {
    RANKLENS,
    MOVIELENS
  }

  public static final Setting<Dataset> DATASET =
      Settings.row(
          "eval.dataset",
          "dataset",
          "ranklens|movielens",
          (text, folder) -> choice(text, Dataset.values()),
          "",
          "what the path is: an events file, or a folder of ratings and movies");
  public static final Setting<Path> TRAIN =
      Settings.row(
          "eval.train",
          "train",
          "FILE",
          Parsers::readableFile,
          "",
          "user<TAB>item a line, to learn from; with --test in place of a data set");
  public static final Setting<Path> TEST =
      Settings.row(
          "eval.test", "test", "FILE", Parsers::readableFile, "", "the same, to be asked for");
  public static final Setting<Split> SPLIT =
      Settings.row(
          "eval.split",
          "split",
          "random|temporal",
          (text, folder) -> choice(text, Split.values()),
          "random",
          "which fifth of each person's titles is put aside; not for ranklens");
  public static final Setting<Double> MIN_RATING =
      Settings.row(
          "eval.minRating",
          "min-rating",
          "R",
          Parsers::decimal,
          "0",
          "what is rated lower does not count as watched");
  public static final Setting<Integer> MIN_ITEM_RATINGS =
      Settings.row(
          "eval.minItemRatings",
          "min-item-ratings",
          "N",
          Parsers::count,
          "5",
          "titles with fewer are left out");
  public static final Setting<Double> L2 =
      Settings.row(
          "eval.l2",
          "l2",
          "X",
          Parsers::positiveDecimal,
          "",
          "penalty of the model; by default chosen on a part of what is learned from, 100 for ranklens, by the noise with --epsilon");

  public static final Setting<Double> EPSILON =
      Settings.row(
          "eval.epsilon",
          "epsilon",
          "E",
          Parsers::positiveDecimal,
          "",
          "learn with (E, D)-differential privacy of each person; not for ranklens");
  public static final Setting<Double> DELTA =
      Settings.row(
          "eval.delta",
          "delta",
          "D",
          Parsers::probability,
          "",
          "with --epsilon; with --frontier 0.00001 unless given");
  public static final Setting<Path> FRONTIER =
      Settings.row(
          "eval.frontier",
          "frontier",
          "OUT.html",
          Parsers::fileToWrite,
          "",
          "measure what such privacy costs by epsilon, and write a page; not for ranklens");

  static final List<Setting<?>> ALL =
      List.of(
          DATASET, TRAIN, TEST, SPLIT, MIN_RATING, MIN_ITEM_RATINGS, L2, EPSILON, DELTA, FRONTIER);

  private EvalSettings() {}

  /** All of them, in the order of the help. */
  public static List<Setting<?>> withSeed() {
    return Stream.concat(ALL.stream(), Stream.of(Settings.SEED)).toList();
  }

  private static <E extends Enum<E>> E choice(String text, E[] choices) {
    var names = Stream.of(choices).map(one -> one.name().toLowerCase(Locale.ROOT)).toList();
    int place = names.indexOf(text);
    if (place < 0) {
      throw new IllegalArgumentException("not one of " + String.join(", ", names));
    }
    return choices[place];
  }
}

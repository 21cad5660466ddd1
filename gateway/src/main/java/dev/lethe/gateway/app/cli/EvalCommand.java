package dev.lethe.gateway.app.cli;

import static dev.lethe.gateway.app.config.EvalSettings.DATASET;
import static dev.lethe.gateway.app.config.EvalSettings.DELTA;
import static dev.lethe.gateway.app.config.EvalSettings.EPSILON;
import static dev.lethe.gateway.app.config.EvalSettings.FRONTIER;
import static dev.lethe.gateway.app.config.EvalSettings.L2;
import static dev.lethe.gateway.app.config.EvalSettings.MIN_ITEM_RATINGS;
import static dev.lethe.gateway.app.config.EvalSettings.MIN_RATING;
import static dev.lethe.gateway.app.config.EvalSettings.SPLIT;
import static dev.lethe.gateway.app.config.EvalSettings.TEST;
import static dev.lethe.gateway.app.config.EvalSettings.TRAIN;

import dev.lethe.gateway.app.FailedException;
import dev.lethe.gateway.app.config.Settings;
import dev.lethe.gateway.app.config.UsageException;
import dev.lethe.gateway.app.config.Values;
import dev.lethe.ranker.eval.Evaluation;
import dev.lethe.ranker.eval.Figures;
import dev.lethe.ranker.eval.PrivacyQuestion;
import dev.lethe.vault.ledger.WholeFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Measures how good rankings are on a data set; one line {@code name=value} a figure. */
final class EvalCommand implements Command.Action {
  @Override
  public int run(Invocation invocation) {
    var values = invocation.values();
    var evaluation =
        new Evaluation(
            values.require(SPLIT),
            optional(values.get(L2)),
            privacy(values),
            values.require(Settings.SEED),
            new Figures(invocation.out()::println));
    var dataset = values.get(DATASET);
    var train = values.get(TRAIN);
    var test = values.get(TEST);
    boolean pairs = train.isPresent() && test.isPresent() && invocation.file().isEmpty();
    if (dataset.isEmpty() && pairs) {
      evaluation.pairs(train.get(), test.get());
    } else if (dataset.isPresent()
        && invocation.file().isPresent()
        && train.or(() -> test).isEmpty()) {
      var path = invocation.file().get();
      switch (dataset.get()) {
        case RANKLENS -> {
          if (Stream.of(EPSILON, DELTA, FRONTIER).anyMatch(one -> values.get(one).isPresent())) {
            throw new UsageException("privacy is not measured on ranklens");
          }
          evaluation.rankLens(path);
        }
        case MOVIELENS ->
            evaluation.movieLens(
                path, values.require(MIN_RATING), values.require(MIN_ITEM_RATINGS));
      }
    } else {
      throw new UsageException("give --dataset and its path, or --train and --test");
    }
    return Command.DONE;
  }

  private static PrivacyQuestion privacy(Values values) {
    var epsilon = values.get(EPSILON);
    var delta = values.get(DELTA);
    var frontier = values.get(FRONTIER);
    if (frontier.isEmpty() && epsilon.isPresent() != delta.isPresent()) {
      throw new UsageException("give --epsilon and --delta, or neither");
    }
    return new PrivacyQuestion(
        optional(epsilon),
        delta.orElse(PrivacyQuestion.STANDARD_DELTA),
        frontier.map(file -> page -> write(file, page)));
  }

  private static void write(Path file, String page) {
    try {
      WholeFile.replace(file, page);
    } catch (IOException e) {
      throw new FailedException(
          file + " cannot be written (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}

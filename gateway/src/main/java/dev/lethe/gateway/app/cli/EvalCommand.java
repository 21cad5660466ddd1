package dev.lethe.gateway.app.cli;

import static dev.lethe.gateway.app.config.EvalSettings.DATASET;
import static dev.lethe.gateway.app.config.EvalSettings.L2;
import static dev.lethe.gateway.app.config.EvalSettings.MIN_ITEM_RATINGS;
import static dev.lethe.gateway.app.config.EvalSettings.MIN_RATING;
import static dev.lethe.gateway.app.config.EvalSettings.SPLIT;
import static dev.lethe.gateway.app.config.EvalSettings.TEST;
import static dev.lethe.gateway.app.config.EvalSettings.TRAIN;

import dev.lethe.gateway.app.config.Settings;
import dev.lethe.gateway.app.config.UsageException;
import dev.lethe.ranker.eval.Evaluation;
import dev.lethe.ranker.eval.Figures;
import java.util.OptionalDouble;

/** Measures how good rankings are on a data set; one line {@code name=value} a figure. */
final class EvalCommand implements Command.Action {
  @Override
  public int run(Invocation invocation) {
    var values = invocation.values();
    var evaluation =
        new Evaluation(
            values.require(SPLIT),
            values.get(L2).map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
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
        case RANKLENS -> evaluation.rankLens(path);
        case MOVIELENS ->
            evaluation.movieLens(
                path, values.require(MIN_RATING), values.require(MIN_ITEM_RATINGS));
      }
    } else {
      throw new UsageException("give --dataset and its path, or --train and --test");
    }
    return Command.DONE;
  }
}

package dev.lethe.ranker.eval;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Consumer;

/** Runs an evaluation and keeps its figures by name. */
final class Measured {
  private final Map<String, String> figures = new LinkedHashMap<>();

  static Measured by(Split split, OptionalDouble l2, Consumer<Evaluation> run) {
    return by(split, l2, PrivacyQuestion.NONE, 1, run);
  }

  static Measured by(
      Split split,
      OptionalDouble l2,
      PrivacyQuestion privacy,
      long seed,
      Consumer<Evaluation> run) {
    var measured = new Measured();
    run.accept(
        new Evaluation(
            split,
            l2,
            privacy,
            seed,
            new Figures(
                line -> {
                  int equals = line.indexOf('=');
                  measured.figures.put(line.substring(0, equals), line.substring(equals + 1));
                })));
    return measured;
  }

  double figure(String name) {
    return Double.parseDouble(text(name));
  }

  /** As it is printed. */
  String text(String name) {
    var value = figures.get(name);
    if (value == null) {
      throw new AssertionError("no figure " + name + " among " + figures.keySet());
    }
    return value;
  }

  boolean has(String name) {
    return figures.containsKey(name);
  }
}

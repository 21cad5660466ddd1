package dev.lethe.ranker.train;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Learns how much each of some figures should count in a score, from lists of which some entries
 * were wanted: the counts that make the wanted ones likeliest, where an entry's likelihood is the
 * softmax of its score (Z. Cao et al., Learning to Rank: From Pairwise Approach to Listwise
 * Approach, ICML 2007, with the wanted ones equally likely). Convex, and solved by Newton's method
 * with steps that are halved until they help; a figure that would count less than nothing is left
 * out.
 */
public final class Listwise {
  private static final int MAX_STEPS = 50;
  private static final double PRECISION = 1e-9;

  /** What counts no more than this where figures deviate by 1, or deviates less, is rounding. */
  private static final double NOTHING = 1e-6;

  /** Against chance, in lists: so much doubt about each figure when it deviates by 1. */
  private static final double PENALTY = 1;

  /**
   * A list.
   *
   * @param figures of each entry, as many of all
   * @param wanted by entry; at least one is
   */
  public record Example(double[][] figures, boolean[] wanted) {}

  private final List<Example> examples;
  private final double[] deviations;

  private Listwise(List<Example> examples, int figures) {
    this.examples = examples;
    deviations = new double[figures];
    for (int figure = 0; figure < figures; figure++) {
      deviations[figure] = deviation(figure);
    }
  }

  /**
   * Learns.
   *
   * @return by figure, how much it counts; 0 for one that says nothing
   */
  public static double[] learn(List<Example> examples) {
    if (examples.isEmpty()) {
      throw new IllegalArgumentException("there is nothing to learn from");
    }
    int figures = examples.get(0).figures()[0].length;
    var learner = new Listwise(examples, figures);
    int[] left = IntStream.range(0, figures).filter(i -> learner.deviations[i] > 0).toArray();
    while (true) {
      double[] counts = learner.solve(left);
      int[] staying = IntStream.of(left).filter(figure -> counts[figure] > NOTHING).toArray();
      if (staying.length == left.length) {
        for (int figure : left) {
          counts[figure] /= learner.deviations[figure];
        }
        return counts;
      }
      left = staying;
    }
  }

  /** By figure, for figures whose deviation is 1. */
  private double[] solve(int[] left) {
    double[] counts = new double[left.length];
    if (left.length > 0) {
      maximize(examples.stream().map(example -> scaled(example, left)).toList(), counts);
    }
    double[] all = new double[deviations.length];
    for (int i = 0; i < left.length; i++) {
      all[left[i]] = counts[i];
    }
    return all;
  }

  private static void maximize(List<Example> lists, double[] counts) {
    int size = counts.length;
    var step = new DMatrixRMaj(size, 1);
    for (int steps = 0; steps < MAX_STEPS; steps++) {
      double[] gradient = new double[size];
      double[][] curvature = new double[size][size];
      for (int i = 0; i < size; i++) {
        gradient[i] = -PENALTY * counts[i];
        curvature[i][i] = PENALTY;
      }
      lists.forEach(list -> add(list, counts, gradient, curvature));
      var slope = DMatrixRMaj.wrap(size, 1, gradient);
      if (!CommonOps_DDRM.solve(new DMatrixRMaj(curvature), slope, step)) {
        throw new IllegalStateException("a curvature with a penalty can be solved, this cannot");
      }
      // What the step is to gain by the curvature, the Newton decrement: then there is nothing
      // left.
      if (CommonOps_DDRM.dot(slope, step) / 2 < PRECISION || !advance(lists, counts, step)) {
        return;
      }
    }
    throw new IllegalStateException("no best counts were found in " + MAX_STEPS + " steps");
  }

  /** Goes as far along a step as makes the lists likelier; false when that is nowhere. */
  private static boolean advance(List<Example> lists, double[] counts, DMatrixRMaj step) {
    double before = likelihood(lists, counts);
    double[] start = counts.clone();
    for (double length = 1; length > PRECISION; length /= 2) {
      for (int i = 0; i < counts.length; i++) {
        counts[i] = start[i] + length * step.get(i);
      }
      if (likelihood(lists, counts) > before + PRECISION) {
        return true;
      }
    }
    System.arraycopy(start, 0, counts, 0, counts.length);
    return false;
  }

  /** Its logarithm, with the penalty. */
  private static double likelihood(List<Example> lists, double[] counts) {
    double sum = 0;
    for (double count : counts) {
      sum -= PENALTY * count * count / 2;
    }
    for (var list : lists) {
      double[] likelihoods = softmax(list.figures(), counts);
      double wanted = 0;
      double logarithms = 0;
      for (int entry = 0; entry < likelihoods.length; entry++) {
        if (list.wanted()[entry]) {
          wanted++;
          logarithms += Math.log(Math.max(Double.MIN_NORMAL, likelihoods[entry]));
        }
      }
      sum += logarithms / wanted;
    }
    return sum;
  }

  private static void add(Example list, double[] counts, double[] gradient, double[][] curvature) {
    double[][] figures = list.figures();
    double[] likelihoods = softmax(figures, counts);
    int wanted = 0;
    double[] expected = new double[counts.length];
    for (int entry = 0; entry < figures.length; entry++) {
      wanted += list.wanted()[entry] ? 1 : 0;
      for (int i = 0; i < expected.length; i++) {
        expected[i] += likelihoods[entry] * figures[entry][i];
      }
    }
    for (int entry = 0; entry < figures.length; entry++) {
      double wish = list.wanted()[entry] ? 1.0 / wanted : 0;
      for (int i = 0; i < expected.length; i++) {
        double beyond = figures[entry][i] - expected[i];
        gradient[i] += wish * beyond;
        double weighed = likelihoods[entry] * beyond;
        for (int j = 0; j < expected.length; j++) {
          curvature[i][j] += weighed * (figures[entry][j] - expected[j]);
        }
      }
    }
  }

  /** A list with the figures that are left, each as if it deviated by 1. */
  private Example scaled(Example example, int[] left) {
    double[][] scaled = new double[example.figures().length][left.length];
    for (int entry = 0; entry < scaled.length; entry++) {
      for (int i = 0; i < left.length; i++) {
        scaled[entry][i] = example.figures()[entry][left[i]] / deviations[left[i]];
      }
    }
    return new Example(scaled, example.wanted());
  }

  private static double[] softmax(double[][] figures, double[] counts) {
    double[] scores = new double[figures.length];
    double highest = Double.NEGATIVE_INFINITY;
    for (int entry = 0; entry < scores.length; entry++) {
      for (int i = 0; i < counts.length; i++) {
        scores[entry] += counts[i] * figures[entry][i];
      }
      highest = Math.max(highest, scores[entry]);
    }
    double total = 0;
    for (int i = 0; i < scores.length; i++) {
      scores[i] = Math.exp(scores[i] - highest);
      total += scores[i];
    }
    for (int i = 0; i < scores.length; i++) {
      scores[i] /= total;
    }
    return scores;
  }

  /** Within lists: what is the same throughout a list says nothing about its order. */
  private double deviation(int figure) {
    double count = 0;
    double squares = 0;
    double largest = 0;
    for (var example : examples) {
      double mean =
          Arrays.stream(example.figures()).mapToDouble(entry -> entry[figure]).average().orElse(0);
      for (var entry : example.figures()) {
        squares += (entry[figure] - mean) * (entry[figure] - mean);
        largest = Math.max(largest, Math.abs(entry[figure]));
        count++;
      }
    }
    double deviation = Math.sqrt(squares / count);
    return deviation > NOTHING * largest ? deviation : 0;
  }
}

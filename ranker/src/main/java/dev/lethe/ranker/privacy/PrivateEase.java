package dev.lethe.ranker.privacy;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;

/**
 * EASE (see {@link dev.lethe.ranker.train.Ease}) learned with differential privacy for people: what
 * one of them watched, all of it, is counted or not, and hardly anybody can tell from what was
 * learned. How many people and which titles there are is taken for public.
 *
 * <p>Two sums are released with Gaussian noise: how popular titles are, and, of the most popular
 * ones, the Gram matrix. All the rest is made of these two and costs no more privacy. Of the matrix
 * is kept what stands out of the noise: eigenvalues above {@code b = 2σ√n}, where the spectrum of
 * pure noise ends. Noise makes an eigenvalue l appear as {@code e = l + b²/4l}, with a vector off
 * by an angle of which {@code cos² = 1 - b²/4l²} (F. Benaych-Georges, R. Nadakuditi, Advances in
 * Mathematics 2011); so {@code l cos² = √(e² - b²)} comes closest to what is there.
 *
 * <p>All settings are fixed rules of public numbers: choosing them by what people watched would
 * cost privacy. They were found on made-up people (docs/decisions/0021).
 */
public final class PrivateEase {
  /** Of μ², what the counts take; the Gram matrix takes the rest. */
  private static final double COUNTS = 0.05;

  /** The more people and the less noise, the more titles: so many times √(μ · people). */
  private static final double TITLES = 13;

  /** The penalty, by the edge of the noise. */
  private static final double PENALTY = 0.3;

  /** Too little to change an order: between equal titles the more popular is better. */
  private static final double TIE = 1e-12;

  private final KeptTitles kept;
  private final double l2;

  /** {@code (G + λI)⁻¹}. */
  private final DMatrixRMaj inverse;

  private PrivateEase(KeptTitles kept, double l2, DMatrixRMaj inverse) {
    this.kept = kept;
    this.l2 = l2;
    this.inverse = inverse;
  }

  /**
   * Learns. Takes time with the cube of the number of titles that are learned about: a matter of
   * seconds for 1,000.
   *
   * @param titles how many; their numbers are 0 to titles - 1
   * @param people what each watched
   * @param l2 the penalty λ, above 0, of the matrix as it is released; when absent it follows from
   *     the noise
   * @param random where noise comes from. Whoever releases what was learned needs a secure one, and
   *     noise that is safe on a computer: from the lowest bits of floating-point numbers more can
   *     be told than is promised here (I. Mironov, CCS 2012)
   */
  public static PrivateEase learn(
      int titles, int[][] people, PrivacyBudget budget, OptionalDouble l2, RandomGenerator random) {
    double mu = budget.mu();
    double countsMu = mu * Math.sqrt(COUNTS);
    double pairsMu = mu * Math.sqrt(1 - COUNTS);
    var kept =
        KeptTitles.of(
            Releases.counts(titles, people, countsMu, random),
            (int) Math.max(1, Math.min(titles, Math.round(TITLES * Math.sqrt(mu * people.length)))),
            1 / countsMu);
    double edge = 2 * Math.sqrt(kept.size()) / pairsMu;
    double penalty = l2.orElse(PENALTY * edge);
    var pairs = Releases.pairs(kept, people, pairsMu, random);
    return new PrivateEase(kept, penalty, inverse(pairs, edge, penalty));
  }

  /** The inverse of the matrix without its noise, and with the penalty; destroys the matrix. */
  private static DMatrixRMaj inverse(DMatrixRMaj matrix, double edge, double penalty) {
    int size = matrix.numRows;
    var spectrum = DecompositionFactory_DDRM.eig(size, true, true);
    if (!spectrum.decompose(matrix)) {
      throw new IllegalStateException("a symmetric matrix has eigenvalues, this one has none");
    }
    var vectors = new DMatrixRMaj(size, size);
    var scaled = new DMatrixRMaj(size, size);
    for (int i = 0; i < size; i++) {
      double value = spectrum.getEigenvalue(i).getReal();
      if (value > edge) {
        double shrunk = Math.sqrt(value * value - edge * edge);
        CommonOps_DDRM.insert(spectrum.getEigenVector(i), vectors, 0, i);
        CommonOps_DDRM.insert(spectrum.getEigenVector(i), scaled, 0, i);
        CommonOps_DDRM.scaleCol(1 / (shrunk + penalty) - 1 / penalty, scaled, i);
      }
    }
    var inverse = CommonOps_DDRM.identity(size);
    CommonOps_DDRM.scale(1 / penalty, inverse);
    CommonOps_DDRM.multAddTransB(scaled, vectors, inverse);
    return inverse;
  }

  /** How many titles are learned about; no other is ever listed. */
  public int titles() {
    return kept.size();
  }

  /** The penalty λ. */
  public double l2() {
    return l2;
  }

  /**
   * Scores titles for somebody, by what they watched as it is.
   *
   * @param scores by title; −∞ for one that must not be listed
   */
  public void score(int[] watched, double[] scores) {
    int size = kept.size();
    double[] sums = new double[size];
    for (int from : kept.places(watched)) {
      for (int to = 0; to < size; to++) {
        sums[to] -= from == to ? 0 : kept.weight(from) * inverse.data[from * size + to];
      }
    }
    Arrays.fill(scores, Double.NEGATIVE_INFINITY);
    for (int to = 0; to < size; to++) {
      double sum = sums[to] / inverse.data[to * size + to];
      scores[kept.title(to)] = sum / Math.sqrt(kept.weight(to)) - TIE * to;
    }
  }
}

package dev.lethe.ranker.train;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * EASE: weights from each title to each other one that best rebuild, in the sense of least squares
 * with an L2 penalty, what people watched from what else they watched. With the Gram matrix {@code
 * G} and {@code P = (G + λI)⁻¹}, the weight from i to j is {@code -P[i][j] / P[j][j]}, 0 from a
 * title to itself (H. Steck, Embarrassingly Shallow Autoencoders for Sparse Data, WWW 2019).
 *
 * <p>A person is taken out exactly, without learning anew: where {@code x} is what they watched,
 * {@code (G - xxᵀ + λI)⁻¹ = P + (Px)(Px)ᵀ / (1 - xᵀPx)} (Sherman and Morrison 1950).
 *
 * <p>Needs 8 n² bytes for n titles, three times that while it learns. Not safe for use by several
 * threads.
 */
public final class Ease {
  private final int titles;

  /** Row by row, and symmetric. */
  private final double[] inverse;

  /** Of the inverse; by itself, since in it each entry is far from the next. */
  private final double[] diagonal;

  private Ease(DMatrixRMaj inverse) {
    this.titles = inverse.numRows;
    this.inverse = inverse.data;
    this.diagonal = new double[titles];
    takeDiagonal();
  }

  private void takeDiagonal() {
    for (int i = 0; i < titles; i++) {
      diagonal[i] = inverse[i * titles + i];
    }
  }

  /**
   * Learns from counts. Takes time with the cube of the number of titles: a matter of seconds for
   * 3,000, for a worker.
   *
   * @param l2 the penalty λ, above 0: so many people's worth of doubt about each title
   */
  public static Ease learn(Gram gram, double l2) {
    if (!(l2 > 0 && l2 < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("the penalty must be above 0: " + l2);
    }
    int titles = gram.titles();
    var matrix = new DMatrixRMaj(titles, titles);
    for (int i = 0; i < titles; i++) {
      matrix.data[i * titles + i] = gram.people(i) + l2;
      for (int j = i + 1; j < titles; j++) {
        double shared = gram.shared(i, j);
        matrix.data[i * titles + j] = shared;
        matrix.data[j * titles + i] = shared;
      }
    }
    var inverse = new DMatrixRMaj(titles, titles);
    if (titles > 0 && !CommonOps_DDRM.invertSPD(matrix, inverse)) {
      throw new IllegalStateException("counts with a penalty are positive definite, these are not");
    }
    return new Ease(inverse);
  }

  public int titles() {
    return titles;
  }

  /** What having watched one title says about another one. */
  public double weight(int from, int to) {
    return from == to ? 0 : -inverse[from * titles + to] / diagonal[to];
  }

  /**
   * Takes a person out who was learned from and is no longer in the counts. Takes time with the
   * square of the number of titles.
   *
   * @param watched what was learned from the person: different titles
   */
  public void forget(int[] watched) {
    double[] product = new double[titles];
    for (int title : watched) {
      int row = title * titles;
      for (int j = 0; j < titles; j++) {
        product[j] += inverse[row + j];
      }
    }
    double rest = 1;
    for (int title : watched) {
      rest -= product[title];
    }
    if (!(rest > 0)) {
      throw new IllegalStateException("these are not the counts that were learned from");
    }
    for (int i = 0; i < titles; i++) {
      double factor = product[i] / rest;
      if (factor != 0) {
        int row = i * titles;
        for (int j = 0; j < titles; j++) {
          inverse[row + j] += factor * product[j];
        }
      }
    }
    takeDiagonal();
  }
}

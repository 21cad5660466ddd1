package dev.lethe.ranker.model;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * What having watched a title says about others, as it is served: only for pairs that enough people
 * share, so that no weight names a person; immutable.
 *
 * <p>Rows of targets and weights, one for each title that was watched.
 */
public final class TitleWeights {
  /** About no titles. */
  public static final TitleWeights NONE = new TitleWeights(new int[1], new int[0], new float[0]);

  private final int[] starts;
  private final int[] targets;
  private final float[] weights;

  /**
   * Takes the rows over; they must not change from now on.
   *
   * @param starts where the row of each title begins, and where the last one ends
   * @param targets titles, ascending within each row
   */
  public TitleWeights(int[] starts, int[] targets, float[] weights) {
    this.starts = starts;
    this.targets = targets;
    this.weights = weights;
  }

  public int titles() {
    return starts.length - 1;
  }

  /** How many weights there are. */
  public int count() {
    return weights.length;
  }

  /** Adds a multiple of the weights from a title to a vector of {@link #titles()} numbers. */
  public void add(int from, double factor, double[] scores) {
    for (int i = starts[from]; i < starts[from + 1]; i++) {
      scores[targets[i]] += factor * weights[i];
    }
  }

  /** The weight from one title to another, 0 when none is served. */
  public double weight(int from, int to) {
    int place = Arrays.binarySearch(targets, starts[from], starts[from + 1], to);
    return place < 0 ? 0 : weights[place];
  }

  /** Writes how many weights there are, then each row: how many, and target and weight of each. */
  public void write(DataOutput out) throws IOException {
    out.writeInt(count());
    for (int from = 0; from < titles(); from++) {
      out.writeInt(starts[from + 1] - starts[from]);
      for (int i = starts[from]; i < starts[from + 1]; i++) {
        out.writeInt(targets[i]);
        out.writeFloat(weights[i]);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @param titles how many rows there are
   */
  public static TitleWeights read(DataInput in, int titles) throws IOException {
    int[] starts = new int[titles + 1];
    int[] targets = new int[in.readInt()];
    float[] weights = new float[targets.length];
    for (int from = 0; from < titles; from++) {
      starts[from + 1] = starts[from] + in.readInt();
      for (int i = starts[from]; i < starts[from + 1]; i++) {
        targets[i] = in.readInt();
        weights[i] = in.readFloat();
      }
    }
    return new TitleWeights(starts, targets, weights);
  }
}

package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ListwiseTest {
  private static final int ENTRIES = 10;

  /** Entries are wanted as the softmax of 2 × the first figure + 0.5 × the second says. */
  @Test
  void whatMadeTheListsIsFoundAgain() {
    double[] counts = Listwise.learn(lists(5_000, 2, 0.5, 0));

    assertThat(counts[0]).isCloseTo(2, within(0.1));
    assertThat(counts[1]).isCloseTo(0.5, within(0.1));
    assertThat(counts[2]).isBetween(0.0, 0.1);
  }

  @Test
  void whatWouldCountLessThanNothingIsLeftOut() {
    double[] counts = Listwise.learn(lists(1_000, 1, -1, 0));

    assertThat(counts[0]).isPositive();
    assertThat(counts[1]).isZero();
  }

  @Test
  void whatIsTheSameEverywhereSaysNothing() {
    var lists =
        lists(200, 1, 0, 0).stream()
            .map(
                list -> {
                  double[][] figures = new double[ENTRIES][];
                  for (int i = 0; i < ENTRIES; i++) {
                    figures[i] = new double[] {list.figures()[i][0], 0.7};
                  }
                  return new Listwise.Example(figures, list.wanted());
                })
            .toList();

    assertThat(Listwise.learn(lists)[1]).isZero();
  }

  @Test
  void fromNothingNothingIsLearned() {
    assertThatThrownBy(() -> Listwise.learn(List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static List<Listwise.Example> lists(int many, double... counts) {
    var random = new SplittableRandom(1);
    var lists = new ArrayList<Listwise.Example>();
    for (int list = 0; list < many; list++) {
      double[][] figures = new double[ENTRIES][counts.length];
      boolean[] wanted = new boolean[ENTRIES];
      int best = 0;
      double highest = Double.NEGATIVE_INFINITY;
      for (int entry = 0; entry < ENTRIES; entry++) {
        double score = -Math.log(-Math.log(random.nextDouble()));
        for (int i = 0; i < counts.length; i++) {
          figures[entry][i] = random.nextDouble(-1, 1);
          score += counts[i] * figures[entry][i];
        }
        // By Gumbel noise the highest is drawn from the softmax.
        if (score > highest) {
          highest = score;
          best = entry;
        }
      }
      wanted[best] = true;
      lists.add(new Listwise.Example(figures, wanted));
    }
    return lists;
  }
}

package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

final class GramTest {
  @Test
  void countsWhoWatchedATitleAndWhoWatchedBothOfTwo() {
    var gram = Crowds.counted(List.of(new int[] {0, 2}, new int[] {0, 1, 2}, new int[] {2}), 4);

    assertThat(gram.people(0)).isEqualTo(2);
    assertThat(gram.people(2)).isEqualTo(3);
    assertThat(gram.people(3)).isZero();
    assertThat(gram.shared(0, 2)).isEqualTo(2);
    assertThat(gram.shared(2, 1)).isEqualTo(1);
    assertThat(gram.shared(1, 3)).isZero();
  }

  @Test
  void whoIsTakenOutWasNeverThere() {
    var crowd = Crowds.of(200, 30, 1);
    var without = Crowds.counted(crowd.subList(100, 200), 30);
    var gram = Crowds.counted(crowd, 30);

    crowd.subList(0, 100).forEach(gram::remove);

    for (int one = 0; one < 30; one++) {
      for (int other = 0; other < 30; other++) {
        assertThat(gram.shared(one, other)).isEqualTo(without.shared(one, other));
      }
    }
  }

  @Test
  void whoWasNotCountedInIsNotTakenOut() {
    var gram = Crowds.counted(List.of(new int[] {0, 1}, new int[] {1, 2}), 3);

    assertThatThrownBy(() -> gram.remove(new int[] {0, 2}))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(gram.people(0)).isEqualTo(1);
    assertThat(gram.people(2)).isEqualTo(1);
  }

  @Test
  void titlesThatRepeatOrDescendOrAreUnknownAreRefused() {
    var gram = new Gram(3);

    for (int[] wrong : List.of(new int[] {1, 1}, new int[] {2, 1}, new int[] {3}, new int[] {-1})) {
      assertThatThrownBy(() -> gram.add(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}

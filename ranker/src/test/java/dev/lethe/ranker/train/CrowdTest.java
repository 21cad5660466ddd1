package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class CrowdTest {
  private final Crowd crowd = new Crowd(3);

  @Test
  void aTitleAppealsMoreTheMoreLikeItOfThoseWhoCameAcrossIt() {
    for (int person = 0; person < 10; person++) {
      crowd.add(new int[] {0}, new int[] {1, 2});
    }
    crowd.add(new int[] {1}, new int[] {});

    double[] appeal = crowd.appeal(0);

    assertThat(appeal[0]).isGreaterThan(appeal[1]);
    assertThat(appeal[1]).isGreaterThan(appeal[2]);
    assertThat(appeal[2]).isNegative();
  }

  @Test
  void nothingIsSaidAboutATitleThatFewCameAcross() {
    for (int person = 0; person < 19; person++) {
      crowd.add(new int[] {0}, new int[] {1});
    }
    assertThat(crowd.appeal(20)).containsOnly(0);

    crowd.add(new int[] {1}, new int[] {});
    assertThat(crowd.appeal(20)[0]).isZero();
    assertThat(crowd.appeal(20)[1]).isNotZero();
  }

  @Test
  void whoIsTakenOutWasNeverThere() {
    crowd.add(new int[] {0, 1}, new int[] {2});
    double[] before = crowd.appeal(0);

    crowd.add(new int[] {1}, new int[] {0});
    crowd.remove(new int[] {1}, new int[] {0});

    assertThat(crowd.appeal(0)).containsExactly(before);
  }

  @Test
  void whoWasNotCountedInIsNotTakenOut() {
    crowd.add(new int[] {0}, new int[] {2});

    assertThatThrownBy(() -> crowd.remove(new int[] {0}, new int[] {1}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> crowd.remove(new int[] {1}, new int[] {2}))
        .isInstanceOf(IllegalArgumentException.class);

    assertThat(crowd.liked().people(0)).isEqualTo(1);
    assertThat(crowd.appeal(0)[2]).isNegative();
  }
}

package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.model.TitleWeights;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Somebody who knows what a person watched and has all weights of the model tells whether the
 * person was learned from: by how much the weights say that these titles go together, the loss of
 * EASE on a person (S. Yeom et al., Privacy Risk in Machine Learning, CSF 2018). Tastes are chance,
 * and no pair is too rare to be served, which is the attacker's best case.
 */
final class MembershipInferenceTest {
  private static final int TITLES = 150;
  private static final int PEOPLE = 600;
  private static final int LEAVING = 200;
  private static final double L2 = 5;

  private final List<int[]> people = Crowds.of(PEOPLE, TITLES, 11);
  private final List<int[]> strangers = Crowds.of(LEAVING, TITLES, 12);

  @Test
  void whoIsForgottenIsNotToldFromWhoWasNeverThere() {
    var gram = Crowds.counted(people, TITLES);
    var ease = Ease.learn(gram, L2);
    var leaving = people.subList(0, LEAVING);
    assertThat(interval(leaving, weights(ease, gram))[0])
        .as("the attack tells who is learned from")
        .isGreaterThan(0.9);

    for (var person : leaving) {
      gram.remove(person);
      ease.forget(person);
    }

    double[] interval = interval(leaving, weights(ease, gram));
    assertThat(interval[0]).isLessThan(0.5);
    assertThat(interval[1]).isGreaterThan(0.5);
  }

  private static TitleWeights weights(Ease ease, Gram gram) {
    return ServedWeights.of(ease, gram, 0, TITLES);
  }

  /**
   * The area under the curve of the attack: how often somebody who left looks more like a member
   * than a stranger does. 95 of 100 draws of people lie between.
   */
  private double[] interval(List<int[]> left, TitleWeights weights) {
    double[] members = left.stream().mapToDouble(person -> -loss(person, weights)).toArray();
    double[] others = strangers.stream().mapToDouble(person -> -loss(person, weights)).toArray();
    var random = new SplittableRandom(13);
    double[] areas = new double[400];
    for (int draw = 0; draw < areas.length; draw++) {
      areas[draw] = area(drawn(members, random), drawn(others, random));
    }
    Arrays.sort(areas);
    return new double[] {areas[10], areas[389]};
  }

  private static double[] drawn(double[] values, SplittableRandom random) {
    return random.ints(values.length, 0, values.length).mapToDouble(i -> values[i]).toArray();
  }

  private static double area(double[] members, double[] others) {
    double won = 0;
    for (double member : members) {
      for (double other : others) {
        won += member > other ? 1 : member == other ? 0.5 : 0;
      }
    }
    return won / members.length / others.length;
  }

  /** Mean squared error of what the person watched, as their other titles rebuild it. */
  private static double loss(int[] person, TitleWeights weights) {
    double[] rebuilt = new double[TITLES];
    for (int title : person) {
      weights.add(title, 1, rebuilt);
    }
    double sum = 0;
    for (int title : person) {
      sum += (1 - rebuilt[title]) * (1 - rebuilt[title]);
    }
    return sum / person.length;
  }
}

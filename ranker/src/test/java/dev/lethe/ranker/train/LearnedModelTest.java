package dev.lethe.ranker.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.Taught;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Who is forgotten was never there. */
final class LearnedModelTest {
  private static final int TITLES = 40;
  private static final Trainer TRAINER = new Trainer(20, 20);

  private final Catalog catalog = catalog();
  private final List<Counted> people = people(400);

  private static Catalog catalog() {
    var lines = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      lines.append(
          "{\"id\":\"t-%d\",\"title\":\"T\",\"popularity\":%s}\n"
              .formatted(title, 1 - title / 100.0));
    }
    return Catalogs.of(lines.toString());
  }

  /** Who like every fourth title, each another fourth, and turn some others down. */
  private static List<Counted> people(int count) {
    var random = new SplittableRandom(5);
    var people = new ArrayList<Counted>();
    for (int person = 0; person < count; person++) {
      int kind = person % 4;
      int[] liked =
          random.ints(0, TITLES).limit(60).filter(t -> t % 4 == kind).distinct().toArray();
      int[] turnedDown =
          random.ints(0, TITLES).limit(5).filter(t -> t % 4 != kind).distinct().toArray();
      Arrays.sort(liked);
      Arrays.sort(turnedDown);
      people.add(new Counted(liked, turnedDown));
    }
    return people;
  }

  private Cohort cohort(List<Integer> members) {
    var cohort = new Cohort(catalog, TITLES, 1);
    members.forEach(person -> cohort.add(person, Crowds.teacher(people.get(person))));
    return cohort;
  }

  private static List<Integer> range(int from, int to) {
    return new ArrayList<>(IntStream.range(from, to).boxed().toList());
  }

  private List<LearnedModel.Leaving> leaving(List<Integer> some) {
    return some.stream()
        .map(person -> new LearnedModel.Leaving(person, people.get(person)))
        .toList();
  }

  private static void assertSame(Taught one, Taught other) {
    assertThat(one.learned().titles()).isEqualTo(other.learned().titles());
    assertThat(one.learned().appeal()).isEqualTo(other.learned().appeal());
    assertThat(one.learned().weights().count()).isEqualTo(other.learned().weights().count());
    for (int from = 0; from < TITLES; from++) {
      for (int to = 0; to < TITLES; to++) {
        assertThat(one.learned().weights().weight(from, to))
            .isCloseTo(other.learned().weights().weight(from, to), within(1e-6));
      }
    }
    assertThat(numbers(one.blend())).containsExactly(numbers(other.blend()), within(1e-6));
  }

  private static double[] numbers(Blend blend) {
    return new double[] {
      blend.popularity(),
      blend.appeal(),
      blend.likeness(),
      blend.era(),
      blend.together(),
      blend.searches(),
      blend.preferences()
    };
  }

  @Test
  void whatIsServedAfterForgettingIsWhatTheOthersTeach() {
    var model = TRAINER.learn(cohort(range(0, 400)), "v").orElseThrow();

    model.forget(leaving(range(100, 200)));
    model.forget(leaving(List.of(7)));

    var others = range(0, 400);
    others.removeAll(range(100, 200));
    others.remove((Integer) 7);
    assertSame(
        model.taught().orElseThrow(),
        TRAINER.learn(cohort(others), "v").flatMap(LearnedModel::taught).orElseThrow());
  }

  @Test
  void theOrderInWhichPeopleComeDoesNotMatter() {
    var shuffled = range(0, 400);
    Collections.shuffle(shuffled, new Random(2));

    assertSame(
        TRAINER.learn(cohort(shuffled), "v").flatMap(LearnedModel::taught).orElseThrow(),
        TRAINER.learn(cohort(range(0, 400)), "v").flatMap(LearnedModel::taught).orElseThrow());
  }

  @Test
  void eachForgettingNamesAnotherModel() {
    var model = TRAINER.learn(cohort(range(0, 400)), "v").orElseThrow();
    assertThat(model.taught().orElseThrow().learned().version()).isEqualTo("v");

    model.forget(leaving(List.of(1)));

    assertThat(model.taught().orElseThrow().learned().version()).isEqualTo("v-1");
  }

  @Test
  void whenTooFewAreLeftNothingIsServed() {
    var model = TRAINER.learn(cohort(range(0, 101)), "v").orElseThrow();
    assertThat(model.taught()).isPresent();

    model.forget(leaving(range(0, 5)));

    assertThat(model.taught()).isEmpty();
  }

  @Test
  void whoWasNeverCountedInIsNotTakenOut() {
    var model = TRAINER.learn(cohort(range(0, 399)), "v").orElseThrow();
    int[] all = IntStream.range(0, TITLES).toArray();
    var stranger = new LearnedModel.Leaving(1_000, new Counted(all, new int[0]));

    assertThatThrownBy(() -> model.forget(List.of(stranger)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void whereThereAreMoreExamplesThanAreAskedCountsAreExactToo() {
    var many = people(1_500);
    var cohort = new Cohort(catalog, TITLES, 1);
    for (int person = 0; person < many.size(); person++) {
      cohort.add(person, Crowds.teacher(many.get(person)));
    }
    var model = TRAINER.learn(cohort, "v").orElseThrow();

    model.forget(
        IntStream.range(0, 700)
            .mapToObj(person -> new LearnedModel.Leaving(person, many.get(person)))
            .toList());

    var taught = model.taught().orElseThrow();
    var others = new Cohort(catalog, TITLES, 1);
    for (int person = 700; person < many.size(); person++) {
      others.add(person, Crowds.teacher(many.get(person)));
    }
    assertThat(taught.learned().appeal()).isEqualTo(others.crowd().appeal(20));
    assertThat(cohort.examples())
        .allSatisfy((lot, left) -> assertThat(others.examples()).containsKey(lot));
    for (int from = 0; from < TITLES; from++) {
      for (int to = 0; to < TITLES; to++) {
        assertThat(cohort.crowd().liked().shared(from, to))
            .isEqualTo(others.crowd().liked().shared(from, to));
      }
    }
  }

  @Test
  void onlyTheMostPopularTitlesAreLearnedAbout() {
    int most = TITLES / 2;
    var cohort = new Cohort(catalog, most, 1);

    assertThat(cohort.titles()).isEqualTo(most);
    assertThat(
            Teacher.of(
                    new Taste(List.of("t-1", "t-0", "t-" + most, "unknown"), List.of()).profile(),
                    catalog,
                    cohort.titles())
                .counted())
        .isEqualTo(new Counted(new int[] {0, 1}, new int[0]));
  }

  @Test
  void aSmallHeapLearnsAboutFewerTitles() {
    assertThat(Cohort.titles(64L << 30)).isEqualTo(5_000);
    assertThat(Cohort.titles(1L << 30)).isBetween(2_000, 4_000);
  }
}

package dev.lethe.bench.gdpr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class DrawingTest {
  private static final int DRAWN = 100_000;

  @Test
  void operationsComeAsOftenAsThePaperSays() {
    var drawn = shares(Workload.CONTROLLER, operation -> true);

    assertThat(drawn.keySet())
        .containsExactlyInAnyOrder(
            Operation.CREATE_RECORD, Operation.DELETE_RECORD, Operation.UPDATE_METADATA);
    assertThat(drawn.get(Operation.UPDATE_METADATA)).isCloseTo(0.5, within(0.02));
    assertThat(drawn.get(Operation.DELETE_RECORD)).isCloseTo(0.25, within(0.02));
  }

  @Test
  void whatDoesNotFitIsLeftOutAndTheRestKeepsItsProportions() {
    var drawn = shares(Workload.REGULATOR, operation -> !operation.needsLog());

    assertThat(drawn).doesNotContainKey(Operation.GET_SYSTEM_LOGS);
    assertThat(drawn.get(Operation.READ_METADATA)).isCloseTo(46.0 / 69, within(0.02));
  }

  private static Map<Operation, Double> shares(Workload workload, Predicate<Operation> fits) {
    var random = new Random(1);
    return Stream.generate(() -> workload.draw(random, fits))
        .limit(DRAWN)
        .collect(
            Collectors.groupingBy(
                Function.identity(),
                Collectors.collectingAndThen(
                    Collectors.counting(), count -> count / (double) DRAWN)));
  }

  @Test
  void byZipfTheMostFrequentComeFarMoreOften() {
    var people = new People(1_000);
    var random = new Random(1);
    var counts = new int[1_000];
    IntStream.range(0, DRAWN).forEach(n -> counts[people.zipfian(random)]++);
    var sorted = IntStream.of(counts).sorted().toArray();

    // Of a thousand ranks the first has 1/H of all, where H is the sum of 1/rank^0.99: 7.73.
    assertThat(sorted[999] / (double) DRAWN).isCloseTo(1 / 7.73, within(0.01));
    assertThat(sorted[998]).isLessThan(sorted[999]);
    assertThat(IntStream.of(counts).filter(count -> count > 0).count()).isGreaterThan(950);
  }
}

package dev.lethe.bench.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.bench.BenchException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class BatchTest {
  private static final int TOGETHER = 3;

  @Test
  void eachIsAskedOnceAndInOrder() {
    List<Integer> asked = new ArrayList<>();

    assertThat(
            Batch.seconds(
                5,
                TOGETHER,
                number -> {
                  asked.add(number);
                  return Future.succeededFuture();
                }))
        .isPositive();

    assertThat(asked).containsExactly(0, 1, 2, 3, 4);
  }

  @Test
  void asManyAreInFlightAsWereAskedFor() {
    var open = new ArrayDeque<Promise<Void>>();
    List<Integer> inFlight = new ArrayList<>();

    Batch.seconds(
        10,
        TOGETHER,
        number -> {
          Promise<Void> answer = Promise.promise();
          open.add(answer);
          inFlight.add(open.size());
          // The last ones are answered at once, so that the batch ends.
          while (open.size() == TOGETHER || (number >= 10 - TOGETHER && !open.isEmpty())) {
            open.remove().complete();
          }
          return answer.future();
        });

    assertThat(inFlight).startsWith(1, 2, 3).allMatch(number -> number <= TOGETHER);
  }

  @Test
  void nothingIsAskedAfterARefusal() {
    List<Integer> asked = new ArrayList<>();

    assertThatThrownBy(
            () ->
                Batch.seconds(
                    10,
                    1,
                    number -> {
                      asked.add(number);
                      return number == 2
                          ? Future.failedFuture(new BenchException("full"))
                          : Future.succeededFuture();
                    }))
        .isInstanceOf(BenchException.class)
        .hasMessageContaining("full");

    assertThat(asked).containsExactly(0, 1, 2);
  }
}

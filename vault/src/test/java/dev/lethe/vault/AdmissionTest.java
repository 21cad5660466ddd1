package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class AdmissionTest {
  private final List<Promise<Void>> begun = new ArrayList<>();

  private Future<?> act() {
    Promise<Void> act = Promise.promise();
    begun.add(act);
    return act.future();
  }

  @Test
  void whatIsTooMuchWaitsItsTurn() {
    var admission = new Admission(2, 1);
    assertThat(admission.take(this::act)).isTrue();
    assertThat(admission.take(this::act)).isTrue();
    assertThat(admission.take(this::act)).isTrue();
    assertThat(admission.take(this::act)).as("one may wait, not two").isFalse();
    assertThat(begun).hasSize(2);

    begun.get(1).fail("it ends, well or not");

    assertThat(begun).hasSize(3);
    assertThat(admission.take(this::act)).isTrue();
    assertThat(begun).hasSize(3);
  }

  @Test
  void anActThatCannotBeginEndsAndOthersFollow() {
    var admission = new Admission(1, 1);

    admission.take(
        () -> {
          throw new IllegalStateException("not even a future");
        });

    assertThat(admission.take(this::act)).isTrue();
    assertThat(begun).hasSize(1);
  }

  @Test
  void manyThatEndAtOnceAllHaveTheirTurn() {
    var admission = new Admission(1, 100_000);
    var ended = new ArrayList<Integer>();
    assertThat(admission.take(this::act)).isTrue();
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      admission.take(
          () -> {
            ended.add(number);
            return Future.succeededFuture();
          });
    }
    assertThat(ended).isEmpty();

    begun.get(0).complete();

    assertThat(ended).hasSize(100_000).isSorted();
  }
}

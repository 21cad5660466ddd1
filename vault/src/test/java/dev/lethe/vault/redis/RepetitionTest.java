package dev.lethe.vault.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class RepetitionTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    RedisFixture.await(vertx.close());
  }

  private Future<Integer> later(int value) {
    var promise = Promise.<Integer>promise();
    vertx.runOnContext(now -> promise.complete(value));
    return promise.future();
  }

  @Test
  void manyStepsDoNotFillTheStack() {
    var steps = new AtomicInteger();
    RedisFixture.await(
        Repetition.untilLast(() -> later(steps.incrementAndGet()).map(step -> step == 100_000)));

    assertThat(steps).hasValue(100_000);
  }

  @Test
  void theFirstFailureEndsIt() {
    var steps = new AtomicInteger();
    var end =
        Repetition.untilLast(
            () ->
                later(steps.incrementAndGet())
                    .map(
                        step -> {
                          if (step == 3) {
                            throw new IllegalStateException("third");
                          }
                          return false;
                        }));

    assertThatThrownBy(() -> RedisFixture.await(end)).hasMessage("third");
    assertThat(steps).hasValue(3);
  }
}

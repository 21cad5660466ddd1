package dev.lethe.vault;

import static dev.lethe.vault.RunningVault.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A token that answers, hangs, comes back, and breaks. */
@Timeout(30)
final class KeystoreProbeTest {
  private final Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(1));
  private final AtomicInteger asked = new AtomicInteger();
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private volatile boolean up = true;
  private final KeystoreProbe probe = new KeystoreProbe(vertx, this::ask, Duration.ofMillis(200));

  @AfterEach
  void close() {
    hanging.countDown();
    probe.close();
    await(vertx.close());
  }

  private boolean ask() {
    asked.incrementAndGet();
    try {
      hanging.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    return up;
  }

  @Test
  void answersAnewEachTime() {
    assertThat(await(probe.up())).isTrue();
    up = false;
    assertThat(await(probe.up())).isFalse();
    assertThat(asked).hasValue(2);
  }

  @Test
  void aTokenThatHangsMakesItNotReadyAndKeepsNobodyElse() {
    hanging = new CountDownLatch(1);
    for (int n = 0; n < 100; n++) {
      probe.up();
    }

    assertThat(await(probe.up())).isFalse();
    assertThat(probe.up().result()).as("nobody waits for it any more").isFalse();
    assertThat(asked).as("one question is under way").hasValue(1);
    assertThat(await(vertx.executeBlocking(() -> "a worker is free"))).isNotEmpty();

    hanging.countDown();
    while (!await(probe.up())) {
      Thread.onSpinWait();
    }
  }

  @Test
  void answersOnTheContextOfWhoAsks() {
    var context = vertx.getOrCreateContext();
    var there =
        Future.<Boolean>future(
            promise ->
                context.runOnContext(
                    go ->
                        probe
                            .up()
                            .map(answer -> Vertx.currentContext() == context)
                            .onComplete(promise)));
    assertThat(await(there)).isTrue();
  }
}

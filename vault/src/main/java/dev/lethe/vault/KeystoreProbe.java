package dev.lethe.vault;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks whether the keystore can be used, on a thread of its own: a token that does not answer takes
 * no thread from anybody else. One question is under way at a time; who comes meanwhile hears its
 * answer too, and nobody waits for one that takes longer than the limit: the answer is no then.
 */
final class KeystoreProbe implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(KeystoreProbe.class);
  private static final Duration LIMIT = Duration.ofSeconds(2);

  private final Vertx vertx;
  private final BooleanSupplier question;
  private final Duration limit;

  /** A daemon: a native call that never returns must not keep the program from ending. */
  private final ExecutorService thread =
      Executors.newSingleThreadExecutor(
          task -> {
            var daemon = new Thread(task, "keystore-probe");
            daemon.setDaemon(true);
            return daemon;
          });

  private Asked last;

  /**
   * @param since {@link System#nanoTime}
   */
  private record Asked(Future<Boolean> answer, long since) {}

  KeystoreProbe(Vertx vertx, BooleanSupplier question) {
    this(vertx, question, LIMIT);
  }

  KeystoreProbe(Vertx vertx, BooleanSupplier question, Duration limit) {
    this.vertx = vertx;
    this.question = question;
    this.limit = limit;
    this.last = new Asked(Future.succeededFuture(false), System.nanoTime());
  }

  /** Completes on the caller's context; never fails. */
  Future<Boolean> up() {
    var asked = underWay();
    long left = limit.toNanos() - (System.nanoTime() - asked.since());
    if (left <= 0 && !asked.answer().isComplete()) {
      return Future.succeededFuture(false);
    }
    Promise<Boolean> answer = ((ContextInternal) vertx.getOrCreateContext()).promise();
    asked.answer().onComplete(answer);
    return answer
        .future()
        .timeout(Math.max(1, TimeUnit.NANOSECONDS.toMillis(left)), TimeUnit.MILLISECONDS)
        .otherwise(false);
  }

  private synchronized Asked underWay() {
    if (last.answer().isComplete()) {
      Promise<Boolean> answer = Promise.promise();
      last = new Asked(answer.future(), System.nanoTime());
      thread.execute(() -> ask(answer));
    }
    return last;
  }

  private void ask(Promise<Boolean> answer) {
    try {
      answer.complete(question.getAsBoolean());
    } catch (RuntimeException | Error e) {
      LOG.warn("whether the keystore can be used cannot be told", e);
      answer.complete(false);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package dev.lethe.vault.erasure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Acts on the same thing run one after the other, in the order in which they came; each caller is
 * answered on its own context, whoever was before it. Who had to wait begins on a stack of its own:
 * many who wait for one, and then end at once, would fill that of the first. Thread-safe.
 */
public final class Turns {
  private final ConcurrentHashMap<String, Future<Void>> last = new ConcurrentHashMap<>();

  /** Whether somebody has a turn with this key, or waits for one. */
  public boolean isTaken(String key) {
    return last.containsKey(key);
  }

  /** Runs an act once all that took a turn with this key before have ended. */
  public <T> Future<T> take(String key, Supplier<Future<T>> act) {
    var end = Promise.<Void>promise();
    var before = last.put(key, end.future());
    var caller = (ContextInternal) Vertx.currentContext();
    Promise<T> answer = caller == null ? Promise.promise() : caller.promise();
    (before == null ? Future.<Void>succeededFuture() : after(before, caller))
        .compose(turn -> act.get())
        .onComplete(
            ended -> {
              last.remove(key, end.future());
              end.complete();
            })
        .onComplete(answer);
    return answer.future();
  }

  private static Future<Void> after(Future<Void> before, @Nullable ContextInternal caller) {
    Executor elsewhere =
        caller == null
            ? ForkJoinPool.commonPool()
            : begin -> caller.runOnContext(turn -> begin.run());
    var turn = Promise.<Void>promise();
    before.onComplete(ended -> elsewhere.execute(turn::complete));
    return turn.future();
  }
}

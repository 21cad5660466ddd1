package dev.lethe.vault.erasure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Acts on the same thing run one after the other, in the order in which they came; each caller is
 * answered on its own context, whoever was before it. Thread-safe.
 */
final class Turns {
  private final ConcurrentHashMap<String, Future<Void>> last = new ConcurrentHashMap<>();

  <T> Future<T> take(String key, Supplier<Future<T>> act) {
    var end = Promise.<Void>promise();
    var before = last.put(key, end.future());
    var caller = (ContextInternal) Vertx.currentContext();
    Promise<T> answer = caller == null ? Promise.promise() : caller.promise();
    (before == null ? Future.<Void>succeededFuture() : before)
        .compose(turn -> act.get())
        .onComplete(
            ended -> {
              last.remove(key, end.future());
              end.complete();
            })
        .onComplete(answer);
    return answer.future();
  }
}

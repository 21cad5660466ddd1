package dev.lethe.vault.erasure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Acts on the same thing run one after the other, in the order in which they came. Thread-safe. */
final class Turns {
  private final ConcurrentHashMap<String, Future<Void>> last = new ConcurrentHashMap<>();

  <T> Future<T> take(String key, Supplier<Future<T>> act) {
    var end = Promise.<Void>promise();
    var before = last.put(key, end.future());
    return (before == null ? Future.<Void>succeededFuture() : before)
        .compose(turn -> act.get())
        .onComplete(
            ended -> {
              last.remove(key, end.future());
              end.complete();
            });
  }
}

package dev.lethe.vault.rotation;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Tells what runs that the vault stops. Thread-safe. */
final class Stopping {
  private final Set<Promise<Void>> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopped;

  /** How something ends because the vault stops: no failure, it goes on at the next start. */
  static final class StoppedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StoppedException() {
      super("the vault stops");
    }
  }

  void stop() {
    stopped = true;
    waiting.forEach(promise -> promise.tryFail(new StoppedException()));
  }

  boolean stopped() {
    return stopped;
  }

  /** Waits for something that may take long, but not beyond the stop. */
  Future<Void> orStop(Future<Void> something) {
    var first = Promise.<Void>promise();
    waiting.add(first);
    if (stopped) {
      first.tryFail(new StoppedException());
    }
    something.onSuccess(first::tryComplete).onFailure(first::tryFail);
    return first.future().onComplete(ended -> waiting.remove(first));
  }
}

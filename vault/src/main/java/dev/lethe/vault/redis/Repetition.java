package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.function.Supplier;

/**
 * Repeats an asynchronous step. Futures that are composed one inside the other grow with the number
 * of steps, and their completion overflows the stack after some thousand; these do not.
 */
public final class Repetition {
  private Repetition() {}

  /**
   * Repeats until a step answers that it was the last; fails with the first that fails.
   *
   * @param step must not be over when it returns
   */
  public static Future<Void> untilLast(Supplier<Future<Boolean>> step) {
    var end = Promise.<Void>promise();
    next(step, end);
    return end.future();
  }

  private static void next(Supplier<Future<Boolean>> step, Promise<Void> end) {
    step.get()
        .onSuccess(
            last -> {
              if (last) {
                end.complete();
              } else {
                next(step, end);
              }
            })
        .onFailure(end::fail);
  }
}

package dev.lethe.vault.protocol;

import io.vertx.core.Future;

/** Told of every step once it is taken; what comes next waits for the answer. */
@FunctionalInterface
public interface StepHook {
  /** Lets everything go on. */
  StepHook NONE = step -> Future.succeededFuture();

  /** Fails to end the protocol here, as a crash would. */
  Future<Void> taken(ProtocolStep step);
}

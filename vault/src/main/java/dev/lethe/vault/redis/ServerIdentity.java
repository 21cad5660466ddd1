package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import org.jspecify.annotations.Nullable;

/** Asks the hook once for each run of the server, however many lanes meet it. Thread-safe. */
final class ServerIdentity {
  private record Verdict(String runId, Future<Void> answer) {}

  private final IdentityHook hook;
  private @Nullable Verdict last;
  private volatile long runs;

  ServerIdentity(IdentityHook hook) {
    this.hook = hook;
  }

  /** How many runs of the server were met; one counts before it is served from. */
  long runs() {
    return runs;
  }

  /** Completes on any thread once the hook has agreed to this run of the server. */
  Future<Void> seen(String runId, SubjectStore store) {
    Promise<Void> promise = Promise.promise();
    synchronized (this) {
      if (last == null || !last.runId.equals(runId)) {
        runs++;
      } else if (!last.answer.failed()) {
        return last.answer;
      }
      last = new Verdict(runId, promise.future());
    }
    Future.<Void>succeededFuture()
        .compose(ignored -> hook.serverSeen(runId, store))
        .onComplete(promise);
    return promise.future();
  }
}

package dev.lethe.gateway.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.gateway.http.JsonText;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Rotation;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The progress of a rotation as server-sent events (WHATWG HTML, section 9.2): one at each change
 * of its state, and one each second; the last when it is complete.
 */
final class RotationEvents implements Supplier<Future<Optional<Buffer>>> {
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final int LOOKS_A_SECOND = 10;

  private final Vertx vertx;
  private final Supplier<Future<Outcome<Rotation>>> look;
  private Optional<Rotation.State> shown = Optional.empty();

  /**
   * @param look how the rotation stands
   */
  RotationEvents(Vertx vertx, Supplier<Future<Outcome<Rotation>>> look) {
    this.vertx = vertx;
    this.look = look;
  }

  @Override
  public Future<Optional<Buffer>> get() {
    if (shown.filter(Rotation.State.COMPLETE::equals).isPresent()) {
      return Future.succeededFuture(Optional.empty());
    }
    return shown.isEmpty() ? look(0) : wait(1);
  }

  private Future<Optional<Buffer>> wait(int looks) {
    return vertx.timer(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS).compose(waited -> look(looks));
  }

  private Future<Optional<Buffer>> look(int looks) {
    return look.get()
        .compose(
            outcome -> {
              if (outcome instanceof Outcome.Done<Rotation> done) {
                var rotation = done.value();
                boolean due = looks >= LOOKS_A_SECOND;
                if (!due && shown.filter(rotation.state()::equals).isPresent()) {
                  return wait(looks + 1);
                }
                shown = Optional.of(rotation.state());
                return Future.succeededFuture(Optional.of(event(rotation)));
              }
              // A vault that is away for a moment is asked again; a rotation that is gone is over.
              return ((Outcome.Refused<Rotation>) outcome).reason() == Refusal.UNAVAILABLE
                  ? wait(looks + 1)
                  : Future.succeededFuture(Optional.empty());
            });
  }

  private static Buffer event(Rotation rotation) {
    return Buffer.buffer("event: progress\ndata: ")
        .appendBuffer(JsonText.of(json -> RotationText.write(json, rotation)))
        .appendBytes("\n\n".getBytes(UTF_8));
  }
}

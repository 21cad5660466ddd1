package dev.lethe.gateway.edge;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;

/**
 * Reads a large body line by line as it arrives. Nothing is written to disk, and no more is in
 * memory than one part of the body, one line and the lines that are being taken: the next part is
 * asked for only when all lines of the last one are on their way.
 */
public final class LineFlow {
  /**
   * @param number from 1; empty lines are counted and not handed on
   * @param text without its end; empty when the line is longer than allowed
   */
  public record Line(long number, Optional<Buffer> text) {
    @Override
    public String toString() {
      return "Line[" + number + "]";
    }
  }

  private final Vertx vertx;
  private final long maxBytes;
  private final int maxLine;
  private final int maxInFlight;

  /**
   * @param maxBytes of the whole body
   * @param maxLine bytes of one line
   * @param maxInFlight lines that are being taken at once
   */
  public LineFlow(Vertx vertx, long maxBytes, int maxLine, int maxInFlight) {
    this.vertx = vertx;
    this.maxBytes = maxBytes;
    this.maxLine = maxLine;
    this.maxInFlight = maxInFlight;
  }

  /**
   * Reads a paused stream to its end. The future completes when no line is being taken any more,
   * and fails with what the sink failed with first; no further line is handed on then.
   */
  public Future<Received> read(
      ReadStream<Buffer> body, Duration patience, Function<Line, Future<Void>> sink) {
    var reading = new Reading(body, sink);
    long timer = vertx.setTimer(patience.toMillis(), late -> reading.stop(new Received.TooSlow()));
    return reading.begin().andThen(done -> vertx.cancelTimer(timer));
  }

  private final class Reading {
    private final ReadStream<Buffer> body;
    private final Function<Line, Future<Void>> sink;
    private final Promise<Received> promise = Promise.promise();
    private final LineCutter cutter = new LineCutter(maxLine);
    private Optional<Received> end = Optional.empty();
    private Optional<Throwable> failure = Optional.empty();
    private long bytes;
    private int inFlight;
    private boolean awaitsMore;
    private boolean working;

    Reading(ReadStream<Buffer> body, Function<Line, Future<Void>> sink) {
      this.body = body;
      this.sink = sink;
    }

    Future<Received> begin() {
      body.exceptionHandler(broken -> stop(new Received.Broken()));
      body.handler(this::take);
      body.endHandler(
          ended -> {
            cutter.finish();
            stop(new Received.Drained());
          });
      ask();
      return promise.future();
    }

    /** The first reason to end counts. */
    void stop(Received reason) {
      if (end.isEmpty()) {
        end = Optional.of(reason);
      }
      work();
    }

    private void take(Buffer part) {
      if (end.isPresent()) {
        return;
      }
      awaitsMore = false;
      bytes += part.length();
      if (bytes > maxBytes) {
        stop(new Received.TooLarge());
      } else {
        cutter.add(part.getBytes());
        work();
      }
    }

    private void ask() {
      awaitsMore = true;
      body.fetch(1);
    }

    /** Hands on what there is; a sink that answers at once does not make this recur. */
    private void work() {
      if (working) {
        return;
      }
      working = true;
      while (inFlight < maxInFlight && goesOn() && cutter.hasNext()) {
        hand(cutter.next());
      }
      working = false;
      if (inFlight == 0 && end.isPresent() && !(goesOn() && cutter.hasNext())) {
        failure.ifPresentOrElse(promise::tryFail, () -> promise.tryComplete(end.get()));
      } else if (end.isEmpty() && !awaitsMore && !cutter.hasNext()) {
        ask();
      }
    }

    /** Lines are handed on while the body arrives, and after its end those that are left. */
    private boolean goesOn() {
      return failure.isEmpty() && end.map(Received.Drained.class::isInstance).orElse(true);
    }

    private void hand(Line line) {
      inFlight++;
      Future.succeededFuture(line)
          .compose(sink)
          .onComplete(
              taken -> {
                inFlight--;
                if (taken.failed() && failure.isEmpty()) {
                  failure = Optional.of(taken.cause());
                  stop(new Received.Broken());
                } else {
                  work();
                }
              });
    }
  }
}

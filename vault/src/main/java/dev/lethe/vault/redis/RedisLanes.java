package dev.lethe.vault.redis;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.ThreadingModel;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The lanes to one Redis: one held, pipelined connection for each event loop that asks and for each
 * context that wants its own, made on demand, and a fixed one for callers elsewhere. Each command
 * has a deadline; while Redis is away commands fail at once with {@link RedisUnavailableException}
 * and the lanes reconnect by themselves. Thread-safe.
 */
public final class RedisLanes implements Commands {
  /** How long a command may take. */
  public static final Duration DEADLINE = Duration.ofSeconds(2);

  /** In the data of a context, whatever tells its lane from others. */
  private static final Object OWN_LANE = new Object();

  private final VertxInternal vertx;
  private final RedisLane.Terms terms;
  private final ConcurrentMap<Object, RedisLane> lanes = new ConcurrentHashMap<>();
  private final ContextInternal elsewhere;
  private volatile boolean closed;

  /**
   * Connects to nothing yet: see {@link #ready}.
   *
   * @param uri {@code redis://}, {@code rediss://} or {@code unix://}
   * @param hook asked before a run of a server is served from for the first time
   */
  public RedisLanes(Vertx vertx, String uri, IdentityHook hook) {
    this(vertx, uri, hook, DEADLINE);
  }

  RedisLanes(Vertx vertx, String uri, IdentityHook hook, Duration deadline) {
    this.vertx = (VertxInternal) vertx;
    this.terms =
        new RedisLane.Terms(vertx, uri, deadline, new ServerCheck(), new ServerIdentity(hook));
    this.elsewhere = this.vertx.createEventLoopContext();
  }

  /**
   * Gives a context a lane of its own on its event loop, for as long as these lanes are open. What
   * is in great number then waits in no queue before others; and Redis, which reads 16 KiB of each
   * connection in a turn, has more to do for each time that it syncs its file.
   */
  public static Context ownLane(Context context) {
    context.put(OWN_LANE, new Object());
    return context;
  }

  Vertx vertx() {
    return vertx;
  }

  /** Completes when the caller's lane serves; fails when its present attempt to connect does. */
  public Future<Void> ready() {
    return onLane(RedisLane::ready);
  }

  @Override
  public Future<Response> send(Request request) {
    return onLane(lane -> lane.send(request));
  }

  /** Over a connection of its own, which ends with its use. */
  @Override
  public <T> Future<T> aside(Duration deadline, Function<Commands, Future<T>> use) {
    var caller = (ContextInternal) Vertx.currentContext();
    Promise<T> promise = caller == null ? Promise.promise() : caller.promise();
    elsewhere.emit(
        ignored ->
            Wire.open(vertx, terms.uri(), deadline)
                .compose(
                    wire ->
                        use.apply(wire)
                            .onComplete(
                                used ->
                                    wire.close(
                                        new RedisUnavailableException("closed after its use"))))
                .onComplete(promise));
    return promise.future();
  }

  @Override
  public <T> T together(Supplier<T> sending) {
    return Context.isOnEventLoopThread() ? lane().together(sending) : sending.get();
  }

  @Override
  public long server() {
    return terms.identity().runs();
  }

  private <T> Future<T> onLane(Function<RedisLane, Future<T>> use) {
    if (closed) {
      return Future.failedFuture(new RedisUnavailableException("the Redis lanes are closed"));
    }
    var caller = (ContextInternal) Vertx.currentContext();
    Promise<T> promise = caller == null ? Promise.promise() : caller.promise();
    var lane = lane();
    // Dispatched on the lane's own context: timers of a verticle end with the verticle.
    lane.context()
        .emit(
            ignored -> {
              if (closed) {
                lane.close();
              }
              use.apply(lane).onComplete(promise);
            });
    return promise.future();
  }

  private RedisLane lane() {
    if (!Context.isOnEventLoopThread()) {
      return lanes.computeIfAbsent(this, ignored -> opened(elsewhere));
    }
    var context = vertx.getOrCreateContext();
    var loop = context.nettyEventLoop();
    Object key = Optional.ofNullable(context.get(OWN_LANE)).orElse(loop);
    var lane = lanes.get(key);
    return lane != null
        ? lane
        : lanes.computeIfAbsent(
            key,
            ignored ->
                opened(
                    vertx
                        .contextBuilder()
                        .withThreadingModel(ThreadingModel.EVENT_LOOP)
                        .withEventLoop(loop)
                        .build()));
  }

  private RedisLane opened(ContextInternal context) {
    var lane = new RedisLane(context, terms);
    context.runOnContext(ignored -> lane.open());
    return lane;
  }

  /** Closes every connection; commands in flight and later ones fail. */
  public Future<Void> close() {
    closed = true;
    var ends = new ArrayList<Future<Void>>();
    for (var lane : lanes.values()) {
      Promise<Void> promise = Promise.promise();
      lane.context()
          .runOnContext(
              ignored -> {
                lane.close();
                promise.complete();
              });
      ends.add(promise.future());
    }
    return Future.join(ends).mapEmpty();
  }
}

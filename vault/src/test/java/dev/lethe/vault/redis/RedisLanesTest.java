package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.internal.VertxInternal;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RedisLanesTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  private Vertx vertx;
  private RedisFixture redis;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    redis = RedisFixture.start();
  }

  @AfterEach
  void stop() {
    await(vertx.close());
    redis.close();
  }

  private RedisLanes lanes(IdentityHook hook) {
    return new RedisLanes(vertx, redis.uri(), hook, SHORT);
  }

  private static Request echo(String text) {
    return Request.cmd(Command.ECHO).arg(text);
  }

  private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
    Promise<T> promise = Promise.promise();
    context.runOnContext(ignored -> work.get().onComplete(promise));
    return promise.future();
  }

  private Context eventLoop() {
    return ((VertxInternal) vertx).createEventLoopContext();
  }

  /** Waits, without sleeping, for the lane to serve again. */
  private Future<Void> back(RedisLanes lanes) {
    return lanes.ready().recover(failure -> vertx.timer(10).compose(ignored -> back(lanes)));
  }

  @Test
  void pipelinedRepliesComeToTheirCallers() {
    var lanes = redis.lanes(vertx);
    var replies = new ArrayList<Future<Response>>();
    for (var i = 0; i < 5_000; i++) {
      replies.add(lanes.send(echo("n" + i)));
    }
    for (var i = 0; i < replies.size(); i++) {
      assertThat(await(replies.get(i)).toString()).isEqualTo("n" + i);
    }
  }

  @Test
  void tooManyInFlightAreShedNotQueued() {
    var lanes = redis.lanes(vertx);
    await(lanes.ready());
    redis.signal("STOP");
    Future<Response> fails = Future.failedFuture("none");
    for (var i = 0; i <= Wire.MOST_IN_FLIGHT; i++) {
      fails = lanes.send(echo("n"));
    }
    var end = fails;
    assertThatThrownBy(() -> await(end)).hasMessageContaining("too many commands in flight");
    redis.signal("CONT");
  }

  @Test
  void eachEventLoopHasOneConnection() {
    var lanes = lanes(IdentityHook.NONE);
    var first = eventLoop();
    var second = eventLoop();
    var ids = new CopyOnWriteArrayList<String>();
    for (var context : List.of(first, second, first, second)) {
      ids.add(
          await(on(context, () -> lanes.send(Request.cmd(Command.CLIENT).arg("ID")))).toString());
    }
    assertThat(Set.copyOf(ids)).hasSize(2);
    assertThat(ids.get(0)).isEqualTo(ids.get(2));
    assertThat(ids.get(1)).isEqualTo(ids.get(3));
  }

  @Test
  void answerComesOnTheCallersContext() {
    var lanes = lanes(IdentityHook.NONE);
    var context = vertx.getOrCreateContext();
    Promise<Boolean> same = Promise.promise();
    context.runOnContext(
        ignored ->
            lanes
                .send(echo("x"))
                .onComplete(done -> same.complete(Vertx.currentContext() == context)));
    assertThat(await(same.future())).isTrue();
  }

  @Test
  void lateReplyClosesTheConnectionAndFailsAllInFlight() {
    var lanes = lanes(IdentityHook.NONE);
    await(lanes.ready());
    redis.signal("STOP");
    var inFlight = List.of(lanes.send(echo("a")), lanes.send(echo("b")), lanes.send(echo("c")));
    for (var reply : inFlight) {
      assertThatThrownBy(() -> await(reply))
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("did not answer within 300 ms");
    }
    var begun = System.nanoTime();
    assertThatThrownBy(() -> await(lanes.send(echo("d"))))
        .isInstanceOf(RedisUnavailableException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(SHORT);

    redis.signal("CONT");
    await(back(lanes));
    assertThat(await(lanes.send(echo("e"))).toString()).isEqualTo("e");
  }

  @Test
  void killedServerComesBackWithWhatItAcknowledged() {
    var lanes = lanes(IdentityHook.NONE);
    var store = new SubjectStore(lanes);
    var change =
        new Change(
            Optional.empty(),
            new Stamp(1, 1, 1),
            Map.of("x", new byte[] {1}),
            Set.of(),
            Optional.empty(),
            Long.MAX_VALUE);
    assertThat(await(store.change("p", change, store.server())))
        .isInstanceOf(ChangeResult.Changed.class);

    redis.kill();
    assertThatThrownBy(() -> await(store.read("p"))).isInstanceOf(RedisUnavailableException.class);
    redis.redis().ensureRunning();
    await(back(lanes));

    assertThat(await(store.read("p")).orElseThrow().stamp()).isEqualTo(new Stamp(1, 1, 1));
  }

  @Test
  void nothingIsChangedOnAnotherRunOfTheServerThanItWasReadFrom() {
    var lanes = lanes(IdentityHook.NONE);
    var store = new SubjectStore(lanes);
    await(lanes.ready());
    var server = store.server();
    var change =
        new Change(
            Optional.empty(),
            new Stamp(1, 1, 1),
            Map.of("x", new byte[] {1}),
            Set.of(),
            Optional.empty(),
            Long.MAX_VALUE);

    redis.kill();
    redis.redis().ensureRunning();
    await(back(lanes));

    assertThat(await(store.change("p", change, server))).isInstanceOf(ChangeResult.Lost.class);
    assertThat(await(store.read("p"))).isEmpty();
    assertThat(await(store.change("p", change, store.server())))
        .isInstanceOf(ChangeResult.Changed.class);
  }

  @Test
  void hookSeesEachRunOnceBeforeAnythingIsServed() {
    var runs = new CopyOnWriteArrayList<String>();
    Promise<Void> asked = Promise.promise();
    Promise<Void> agree = Promise.promise();
    var lanes =
        lanes(
            (runId, store) -> {
              runs.add(runId);
              return store
                  .read("p")
                  .compose(
                      nothing -> {
                        asked.tryComplete();
                        return agree.future();
                      });
            });
    var first = eventLoop();
    var second = eventLoop();
    var one = on(first, lanes::ready);
    var two = on(second, lanes::ready);
    await(asked.future());
    assertThat(one.isComplete() || two.isComplete()).isFalse();

    agree.complete();
    await(one);
    await(two);
    assertThat(runs).hasSize(1);
    assertThat(await(new SubjectStore(lanes).runId())).isEqualTo(runs.get(0));

    redis.kill();
    redis.redis().ensureRunning();
    await(on(first, () -> back(lanes)));
    await(on(second, () -> back(lanes)));
    assertThat(Set.copyOf(runs)).hasSize(2);
    assertThat(runs).hasSize(2);
  }

  @Test
  void hookThatFailsIsAskedAgainAndNothingIsServedMeanwhile() {
    var mended = new AtomicBoolean();
    var lanes =
        lanes(
            (runId, store) ->
                mended.get()
                    ? Future.succeededFuture()
                    : Future.failedFuture(new IllegalStateException("ledger is away")));
    assertThatThrownBy(() -> await(lanes.ready())).hasMessageContaining("ledger is away");
    assertThatThrownBy(() -> await(lanes.send(echo("x"))))
        .isInstanceOf(RedisUnavailableException.class);

    mended.set(true);
    await(back(lanes));
    assertThat(await(lanes.send(echo("x"))).toString()).isEqualTo("x");
  }

  @Test
  void evictingServerIsRefusedUntilItIsSetRight() {
    redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    var lanes = lanes(IdentityHook.NONE);
    assertThatThrownBy(() -> await(lanes.ready()))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("set maxmemory-policy to noeviction");

    redis.command("CONFIG", "SET", "maxmemory-policy", "noeviction");
    await(back(lanes));
  }

  @Test
  void serverThatForbidsConfigIsServedFrom() {
    redis.command("ACL", "SETUSER", "managed", "on", ">pw", "~*", "+@all", "-config");
    redis.command("CONFIG", "SET", "maxmemory-policy", "allkeys-lru");
    var uri = redis.uri().replace("unix://", "unix://managed:pw@localhost");
    var lanes = new RedisLanes(vertx, uri, IdentityHook.NONE, SHORT);

    await(lanes.ready());

    assertThat(await(lanes.send(Request.cmd(Command.ACL).arg("WHOAMI"))).toString())
        .isEqualTo("managed");
  }

  @Test
  void errorReplyRepeatsNothingOfWhatWasSent() {
    var lanes = lanes(IdentityHook.NONE);
    assertThatThrownBy(
            () -> await(lanes.send(Request.cmd(Command.create("LETHE")).arg("somebody's secret"))))
        .isInstanceOf(RedisReplyException.class)
        .message()
        .doesNotContain("secret");
    assertThat(await(lanes.send(echo("still open"))).toString()).isEqualTo("still open");
  }

  @Test
  void nobodyAtTheAddressFailsAtOnce() {
    var lanes = new RedisLanes(vertx, "unix:///nowhere/redis.sock", IdentityHook.NONE, SHORT);
    assertThatThrownBy(() -> await(lanes.ready())).isInstanceOf(RedisUnavailableException.class);
    var wrong = new RedisLanes(vertx, "gopher://x", IdentityHook.NONE, SHORT);
    assertThatThrownBy(() -> await(wrong.ready())).isInstanceOf(RedisUnavailableException.class);
  }

  @Test
  void closedLanesServeNobody() {
    var lanes = lanes(IdentityHook.NONE);
    await(lanes.ready());
    await(lanes.close());
    assertThatThrownBy(() -> await(lanes.send(echo("x"))))
        .isInstanceOf(RedisUnavailableException.class);
    assertThatThrownBy(() -> await(lanes.ready())).isInstanceOf(RedisUnavailableException.class);
  }
}

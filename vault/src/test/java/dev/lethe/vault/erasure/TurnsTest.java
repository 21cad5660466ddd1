package dev.lethe.vault.erasure;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class TurnsTest {
  private final Vertx vertx = Vertx.vertx();
  private final Turns turns = new Turns();

  @AfterEach
  void stop() {
    await(vertx.close());
  }

  private Context eventLoop() {
    return ((VertxInternal) vertx).createEventLoopContext();
  }

  /** Takes a turn on a context; answers on which the answer came. */
  private Future<Context> answered(Context context, Future<Void> act) {
    Promise<Context> answered = Promise.promise();
    context.runOnContext(
        on ->
            turns
                .take("one", () -> act)
                .onComplete(done -> answered.complete(Vertx.currentContext())));
    return answered.future();
  }

  @Test
  void eachCallerIsAnsweredOnItsOwnContext() {
    var first = eventLoop();
    var second = eventLoop();
    Promise<Void> act = Promise.promise();
    var ofFirst = answered(first, act.future());
    var ofSecond = answered(second, Future.succeededFuture());

    first.runOnContext(end -> act.complete());

    assertThat(await(ofFirst)).isSameAs(first);
    assertThat(await(ofSecond)).isSameAs(second);
  }

  @Test
  void manyWhoWaitAndEndAtOnceAllHaveTheirTurn() {
    Promise<Void> act = Promise.promise();
    var first = turns.take("one", act::future);
    var waiting = new ArrayList<Future<Context>>();
    var loop = eventLoop();
    for (int i = 0; i < 20_000; i++) {
      waiting.add(answered(loop, Future.succeededFuture()));
    }
    var last = turns.take("one", () -> Future.succeededFuture("last"));

    act.complete();

    assertThat(await(first)).isNull();
    assertThat(await(Future.all(waiting)).size()).isEqualTo(20_000);
    assertThat(await(last)).isEqualTo("last");
  }

  @Test
  void actsOnOneThingFollowEachOther() {
    var order = new CopyOnWriteArrayList<String>();
    Promise<Void> act = Promise.promise();
    var first = turns.take("one", () -> act.future().onSuccess(done -> order.add("first")));
    var second =
        turns.take(
            "one", () -> Future.<Void>succeededFuture().onSuccess(done -> order.add("second")));
    var other =
        turns.take(
            "other", () -> Future.<Void>succeededFuture().onSuccess(done -> order.add("other")));

    act.complete();
    await(Future.all(List.of(first, second, other)));

    assertThat(order).containsExactly("other", "first", "second");
  }
}

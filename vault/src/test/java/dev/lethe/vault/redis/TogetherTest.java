package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads that go out in one write. */
final class TogetherTest {
  private Vertx vertx;
  private RedisFixture redis;
  private RedisLanes lanes;

  @BeforeEach
  void start() {
    vertx = Vertx.vertx();
    redis = RedisFixture.start();
    lanes = redis.lanes(vertx);
  }

  @AfterEach
  void stop() {
    await(vertx.close());
    redis.close();
  }

  /** Sends together on an event loop whose lane serves. */
  private List<Future<Response>> together(Request... requests) {
    Promise<List<Future<Response>>> sent = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(
            turn ->
                lanes
                    .ready()
                    .map(
                        ready ->
                            lanes.together(
                                () -> List.of(requests).stream().map(lanes::send).toList()))
                    .onComplete(sent));
    return await(sent.future());
  }

  private static Request read(String key) {
    return Request.cmd(Command.HMGET).arg(key).arg("x").arg("y");
  }

  private static Request write(String key) {
    return Request.cmd(Command.HSET).arg(key).arg("x").arg(key);
  }

  @Test
  void readsGoOutAtTheEndAndGiveEachItsReply() {
    var replies = together(read("a"), write("a"), read("b"), read("c"), write("c"));

    assertThat(await(replies.get(0)).get(0)).hasToString("a");
    assertThat(await(replies.get(0)).get(1)).isNull();
    assertThat(await(replies.get(2)).get(0)).isNull();
    assertThat(await(replies.get(3)).get(0)).hasToString("c");
  }

  @Test
  void readsFailTogetherAndAlone() {
    await(lanes.send(Request.cmd(Command.SET).arg("b").arg("no hash")));

    var replies = together(read("a"), write("a"), read("b"), read("c"));

    for (int read : List.of(0, 2, 3)) {
      assertThatThrownBy(() -> await(replies.get(read)))
          .isInstanceOf(RedisReplyException.class)
          .hasMessageContaining("WRONGTYPE");
    }
    assertThat(await(replies.get(1)).toInteger()).isEqualTo(1);
    assertThat(await(together(read("a")).get(0)).get(0)).hasToString("a");
  }

  @Test
  void whereNoLaneServesTheyWaitForIt() {
    var other = redis.lanes(vertx);
    Promise<Response> promise = Promise.promise();
    vertx
        .getOrCreateContext()
        .runOnContext(turn -> other.together(() -> other.send(read("a"))).onComplete(promise));

    assertThat(await(promise.future()).size()).isEqualTo(2);
  }
}

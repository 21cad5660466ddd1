package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.concurrent.atomic.AtomicLong;

/** A store whose server is another one after each command, as in a row of fail-overs. */
public final class PassingServers {
  private PassingServers() {}

  /** The store over these lanes. */
  public static SubjectStore of(RedisLanes lanes) {
    return new SubjectStore(
        new Commands() {
          private final AtomicLong sent = new AtomicLong();

          @Override
          public Future<Response> send(Request request) {
            sent.incrementAndGet();
            return lanes.send(request);
          }

          @Override
          public long server() {
            return sent.get();
          }
        },
        lanes.vertx());
  }
}

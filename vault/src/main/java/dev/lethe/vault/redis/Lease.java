package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * A lease in Redis that one node at a time holds. It ends by itself when it is not renewed; what
 * this node believes ends earlier, because it counts from before it asked. Not a lock: whoever acts
 * under it must be harmless when two do for a moment.
 */
public final class Lease {
  /** How long one lasts without renewal. */
  public static final Duration LENGTH = Duration.ofSeconds(15);

  private static final LuaScript SCRIPT = LuaScript.resource("lease.lua");

  private final Commands redis;
  private final String name;
  private final String node;
  private final Duration length;
  private final LongSupplier nanoTime;
  private volatile long heldUntil;
  private volatile boolean held;

  /**
   * @param node who this is, different for each process that may run beside another
   * @param length of the lease without renewal
   */
  public Lease(RedisLanes redis, String name, String node, Duration length, LongSupplier nanoTime) {
    this.redis = redis;
    this.name = name;
    this.node = node;
    this.length = length;
    this.nanoTime = nanoTime;
  }

  /** Takes or renews it; answers whether this node holds it now. */
  public Future<Boolean> take() {
    long until = nanoTime.getAsLong() + length.toNanos();
    return ask(length.toMillis())
        .onSuccess(
            mine -> {
              heldUntil = until;
              held = mine;
            });
  }

  /** Gives it back, if this node holds it. */
  public Future<Void> release() {
    held = false;
    return ask(0).mapEmpty();
  }

  /** Whether this node holds it, without asking. */
  public boolean held() {
    return held && nanoTime.getAsLong() - heldUntil < 0;
  }

  private Future<Boolean> ask(long millis) {
    return SCRIPT
        .run(
            redis,
            List.of("lethe:lease:" + name),
            List.of(node.getBytes(UTF_8), Long.toString(millis).getBytes(UTF_8)))
        .map(reply -> reply.toLong() == 1);
  }
}

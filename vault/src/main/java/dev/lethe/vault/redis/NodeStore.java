package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import dev.lethe.vault.keys.EpochView;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;

/**
 * The nodes that use a Redis, and how far each has come with the epochs. Who does not report again
 * in time counts no more. Futures fail as those of {@link SubjectStore}.
 */
public final class NodeStore {
  private static final LuaScript NODES = LuaScript.resource("nodes.lua");
  private static final String KEY = "lethe:nodes";

  private final Commands redis;

  NodeStore(Commands redis) {
    this.redis = redis;
  }

  /**
   * Notes how far a node has come.
   *
   * @param length how long that counts; zero takes the node out
   */
  Future<NodeReport> report(String node, EpochView view, Duration length) {
    return NODES
        .run(
            redis,
            List.of(KEY),
            List.of(
                bytes(node),
                bytes(length.toMillis()),
                bytes(view.newest()),
                bytes(view.active()),
                bytes(view.sealing()),
                bytes(view.oldest())))
        .map(
            reply ->
                new NodeReport(
                    reply.get(0).toInteger() == 1,
                    Long.parseLong(reply.get(1).toString()),
                    reply.get(2).toInteger(),
                    reply.get(3).toInteger(),
                    reply.get(4).toInteger(),
                    reply.get(5).toInteger(),
                    reply.get(6).toInteger(),
                    reply.get(7).toInteger()));
  }
}

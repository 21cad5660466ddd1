package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.ledger.ChainHead;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Where ledger and audit log end, noted in Redis. What Redis knows of a file it never forgets by
 * itself; an older copy of Redis knows less. Futures fail as those of {@link SubjectStore}.
 */
public final class HeadStore {
  private static final LuaScript HEADS = LuaScript.resource("heads.lua");
  private static final String KEY = "lethe:heads";

  private final Commands redis;

  HeadStore(Commands redis) {
    this.redis = redis;
  }

  /** The ends by name of the chain; nothing in a Redis that was never told. */
  public Future<Map<String, ChainHead>> known() {
    return redis.send(Request.cmd(Command.HGETALL).arg(KEY)).map(HeadStore::parse);
  }

  /** Reads a flat list of names and values. */
  private static Map<String, ChainHead> parse(Response reply) {
    var heads = new HashMap<String, ChainHead>();
    for (int i = 0; i < reply.size(); i += 2) {
      var head = reply.get(i + 1).toString().split(" ", 2);
      heads.put(reply.get(i).toString(), new ChainHead(Long.parseLong(head[0]), head[1]));
    }
    return heads;
  }

  /**
   * Notes an end, unless one as late is known.
   *
   * @return the number of the last entry that is known now
   */
  public Future<Long> note(String chain, ChainHead head) {
    return HEADS
        .run(
            redis,
            List.of(KEY),
            List.of(
                chain.getBytes(UTF_8),
                Long.toString(head.seq()).getBytes(UTF_8),
                head.hash().getBytes(UTF_8)))
        .map(Response::toLong);
  }
}

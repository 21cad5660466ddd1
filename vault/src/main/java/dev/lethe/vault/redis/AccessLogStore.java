package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/**
 * The access logs of subjects, each a list of sealed entries beside the hash and in the same
 * cluster slot, changed only while the life goes on. Futures fail as those of {@link SubjectStore}.
 */
public final class AccessLogStore {
  private static final LuaScript APPEND = LuaScript.resource("access.lua");
  private static final LuaScript COMPACT = LuaScript.resource("access-compact.lua");

  private final Commands redis;

  AccessLogStore(Commands redis) {
    this.redis = redis;
  }

  /** Sealed entries, oldest first. */
  public Future<List<byte[]>> read(String pseudonym) {
    return read(Place.of(pseudonym));
  }

  /** The same of any place. */
  public Future<List<byte[]>> read(Place place) {
    return redis
        .send(Request.cmd(Command.LRANGE).arg(place.accessLog()).arg(0).arg(-1))
        .map(reply -> reply.stream().map(Response::toBytes).toList());
  }

  /**
   * Appends sealed entries.
   *
   * @return how many there are now; -1 when this life is over, and nothing was appended
   */
  public Future<Long> append(String pseudonym, long life, List<byte[]> entries) {
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(life));
    arguments.addAll(entries);
    return APPEND.run(redis, keys(pseudonym), arguments).map(Response::toLong);
  }

  /**
   * Replaces the oldest entries, such as many by one.
   *
   * @param oldest as read, at least one
   * @return false when they no longer stand there or this life is over; nothing was changed then
   */
  public Future<Boolean> compact(
      String pseudonym, long life, List<byte[]> oldest, List<byte[]> replacement) {
    if (oldest.isEmpty()) {
      return Future.succeededFuture(false);
    }
    var arguments = new ArrayList<byte[]>();
    arguments.add(bytes(life));
    arguments.add(bytes(oldest.size()));
    arguments.add(oldest.get(oldest.size() - 1));
    arguments.addAll(replacement);
    return COMPACT.run(redis, keys(pseudonym), arguments).map(reply -> reply.toLong() == 1);
  }

  private static List<String> keys(String pseudonym) {
    var place = Place.of(pseudonym);
    return List.of(place.hash(), place.accessLog());
  }
}

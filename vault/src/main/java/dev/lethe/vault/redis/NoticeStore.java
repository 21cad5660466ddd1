package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import dev.lethe.vault.keys.SealingLapsedException;
import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Notices that wait, in one hash: of each what it is about, in clear and about nobody; whom and
 * what it names, sealed before it comes here; and a mark once what it tells has happened.
 */
public final class NoticeStore {
  private static final LuaScript PUT = LuaScript.resource("notice-put.lua");
  private static final LuaScript SET = LuaScript.resource("notice-set.lua");
  private static final String KEY = "lethe:notices";
  private static final String SEALED = ".sealed";
  private static final String HAPPENED = ".happened";
  private static final int PAGE = 256;

  private final Commands redis;

  public NoticeStore(RedisLanes lanes) {
    this.redis = lanes;
  }

  /**
   * A part of what waits; parts of one notice may stand on different pages.
   *
   * @param cursor where to go on
   * @param about what notices are about, by id
   * @param sealed by id
   * @param happened ids of those with the mark
   */
  public record Page(
      String cursor, Map<String, String> about, Map<String, byte[]> sealed, List<String> happened) {
    /** Whether it is the last one. */
    public boolean last() {
      return cursor.equals(ScanPage.START);
    }
  }

  /**
   * Puts a notice in; fails with {@link SealingLapsedException}, and does nothing, when it is late.
   *
   * @param until when at the latest, in milliseconds of the server's clock
   */
  public Future<Void> put(String id, String about, byte[] sealed, long until) {
    return PUT.run(
            redis,
            List.of(KEY),
            List.of(bytes(until), bytes(id), bytes(about), bytes(id + SEALED), sealed))
        .compose(
            reply ->
                reply.toLong() == 1
                    ? Future.succeededFuture()
                    : Future.failedFuture(new SealingLapsedException()));
  }

  /** Marks that what a notice tells has happened; nothing when it is gone. */
  public Future<Void> happened(String id, String about) {
    return set(id, bytes(about), id + HAPPENED, bytes("1")).mapEmpty();
  }

  /** Replaces a sealed text; false when it is another one by now, or gone. */
  public Future<Boolean> reseal(String id, byte[] before, byte[] after) {
    return set(id + SEALED, before, id + SEALED, after);
  }

  private Future<Boolean> set(String guard, byte[] expected, String field, byte[] value) {
    return SET.run(redis, List.of(KEY), List.of(bytes(guard), expected, bytes(field), value))
        .map(reply -> reply.toLong() == 1);
  }

  /** What a notice is about; empty when it is gone. */
  public Future<Optional<String>> about(String id) {
    return redis
        .send(Request.cmd(Command.HGET).arg(KEY).arg(id))
        .map(reply -> Optional.ofNullable(reply).map(Response::toString));
  }

  /** The sealed part of a notice; empty when it is gone. */
  public Future<Optional<byte[]>> sealed(String id) {
    return redis
        .send(Request.cmd(Command.HGET).arg(KEY).arg(id + SEALED))
        .map(reply -> Optional.ofNullable(reply).map(Response::toBytes));
  }

  /** Takes a notice out. */
  public Future<Void> remove(String id) {
    return redis
        .send(Request.cmd(Command.HDEL).arg(KEY).arg(id).arg(id + SEALED).arg(id + HAPPENED))
        .mapEmpty();
  }

  /**
   * One step of a pass over all; what stands there from its beginning to its end is shown.
   *
   * @param cursor {@link ScanPage#START} or that of the page before
   */
  public Future<Page> scan(String cursor) {
    return redis
        .send(Request.cmd(Command.HSCAN).arg(KEY).arg(cursor).arg("COUNT").arg(PAGE))
        .map(reply -> page(reply.get(0).toString(), reply.get(1)));
  }

  private static Page page(String cursor, Response fields) {
    var about = new HashMap<String, String>();
    var sealed = new HashMap<String, byte[]>();
    var happened = new ArrayList<String>();
    for (int i = 0; i + 1 < fields.size(); i += 2) {
      var name = fields.get(i).toString();
      if (name.endsWith(SEALED)) {
        sealed.put(name.substring(0, name.length() - SEALED.length()), fields.get(i + 1).toBytes());
      } else if (name.endsWith(HAPPENED)) {
        happened.add(name.substring(0, name.length() - HAPPENED.length()));
      } else {
        about.put(name, fields.get(i + 1).toString());
      }
    }
    return new Page(cursor, about, sealed, happened);
  }
}

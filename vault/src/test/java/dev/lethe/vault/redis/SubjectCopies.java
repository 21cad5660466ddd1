package dev.lethe.vault.redis;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.ProtocolVersion;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Takes and puts back older copies of single subjects, as a restored backup would. Blocks. */
public final class SubjectCopies implements AutoCloseable {
  private final Redis client;
  private final RedisConnection redis;

  /** Copies in the embedded Redis of a data folder. */
  public SubjectCopies(Vertx vertx, Path data) throws IOException {
    client =
        Redis.createClient(
            vertx,
            new RedisOptions()
                .setConnectionString("unix://" + RedisFolder.of(data).socket())
                .setPreferredProtocolVersion(ProtocolVersion.RESP2));
    redis = RedisFixture.await(client.connect());
  }

  /** The keys of all subjects. */
  public Set<String> keys() {
    return RedisFixture.await(redis.send(Request.cmd(Command.KEYS).arg("s:*"))).stream()
        .map(Response::toString)
        .collect(Collectors.toSet());
  }

  /** What stands of a subject: names and values in turn, nothing when there is none. */
  public List<byte[]> copy(String key) {
    return RedisFixture.await(redis.send(Request.cmd(Command.HGETALL).arg(key))).stream()
        .map(Response::toBytes)
        .toList();
  }

  /** Makes a subject what it was. */
  public void putBack(String key, List<byte[]> copy) {
    RedisFixture.await(redis.send(Request.cmd(Command.DEL).arg(key)));
    if (!copy.isEmpty()) {
      var set = Request.cmd(Command.HSET).arg(key);
      copy.forEach(set::arg);
      RedisFixture.await(redis.send(set));
    }
  }

  /** Overwrites one field of a subject. */
  public void set(String key, String field, byte[] value) {
    RedisFixture.await(redis.send(Request.cmd(Command.HSET).arg(key).arg(field).arg(value)));
  }

  /** The entries of a list. */
  public List<byte[]> entries(String key) {
    return RedisFixture.await(redis.send(Request.cmd(Command.LRANGE).arg(key).arg(0).arg(-1)))
        .stream()
        .map(Response::toBytes)
        .toList();
  }

  /** Overwrites one entry of a list. */
  public void setEntry(String key, int index, byte[] value) {
    RedisFixture.await(redis.send(Request.cmd(Command.LSET).arg(key).arg(index).arg(value)));
  }

  @Override
  public void close() {
    RedisFixture.await(redis.close());
    RedisFixture.await(client.close());
  }
}

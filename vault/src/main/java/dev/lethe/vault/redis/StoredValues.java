package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Everything that a server holds, key by key, of all databases and whatever the keys are called:
 * each as a command that would write it. Holds one key at a time.
 */
final class StoredValues {
  private static final String COUNT = "512";
  private static final String START = "0";

  private final RespConnection redis;

  StoredValues(RespConnection redis) {
    this.redis = redis;
  }

  /**
   * Shows everything once; what is written meanwhile may be missed.
   *
   * @param visitor is given a name of a command, the key, and what the key holds
   */
  void each(Consumer<List<byte[]>> visitor) throws IOException {
    var keyspace = redis.text("INFO", "keyspace").orElse("");
    for (var line : keyspace.lines().toList()) {
      if (line.matches("db\\d+:.*")) {
        redis.call("SELECT", line.substring(2, line.indexOf(':')));
        database(visitor);
      }
    }
  }

  private void database(Consumer<List<byte[]>> visitor) throws IOException {
    var cursor = START;
    do {
      var page = redis.call("SCAN", cursor, "COUNT", COUNT);
      cursor = new String(page.get(0), UTF_8);
      for (var key : page.subList(1, page.size())) {
        show(key, visitor);
      }
    } while (!cursor.equals(START));
  }

  private void show(byte[] key, Consumer<List<byte[]>> visitor) throws IOException {
    var type = new String(redis.call(bytes("TYPE"), key).get(0), UTF_8);
    switch (type) {
      case "hash" -> show("HSET", key, redis.call(bytes("HGETALL"), key), visitor);
      case "string" -> show("SET", key, redis.call(bytes("GET"), key), visitor);
      case "list" ->
          show("RPUSH", key, redis.call(bytes("LRANGE"), key, bytes("0"), bytes("-1")), visitor);
      case "set" -> show("SADD", key, redis.call(bytes("SMEMBERS"), key), visitor);
      case "zset" ->
          show("ZADD", key, redis.call(bytes("ZRANGE"), key, bytes("0"), bytes("-1")), visitor);
      case "stream" ->
          show("XADD", key, redis.call(bytes("XRANGE"), key, bytes("-"), bytes("+")), visitor);
      case "none" -> {} // gone since the page was read
      default -> throw new IOException("Redis holds a key of type " + type + ", which is not read");
    }
  }

  private static void show(
      String name, byte[] key, List<byte[]> values, Consumer<List<byte[]>> visitor) {
    var words = new ArrayList<byte[]>(values.size() + 2);
    words.add(bytes(name));
    words.add(key);
    words.addAll(values);
    visitor.accept(words);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}

package dev.lethe.vault.redis;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.util.HashMap;
import java.util.Map;

/** A section of {@code INFO}. */
record ServerInfo(Map<String, String> values) {
  static Future<ServerInfo> read(Commands server, String section) {
    return server
        .send(Request.cmd(Command.INFO).arg(section))
        .map(reply -> parse(reply.toString()));
  }

  static ServerInfo parse(String text) {
    var values = new HashMap<String, String>();
    text.lines()
        .forEach(
            line -> {
              var colon = line.indexOf(':');
              if (colon > 0 && !line.startsWith("#")) {
                values.put(line.substring(0, colon), line.substring(colon + 1));
              }
            });
    return new ServerInfo(Map.copyOf(values));
  }

  /** A value that every server has. */
  String text(String name) {
    var value = values.get(name);
    if (value == null) {
      throw new RedisUnavailableException("INFO of this Redis lacks " + name);
    }
    return value;
  }
}

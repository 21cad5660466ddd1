package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * A script of {@code resources/lua}: asked for by its SHA-1 (which is how Redis names scripts),
 * sent in full when the server does not know it.
 */
record LuaScript(String text, String sha1) {
  static LuaScript resource(String name) {
    try (var in = LuaScript.class.getResourceAsStream("/lua/" + name)) {
      if (in == null) {
        throw new IllegalStateException("resource lua/" + name + " is missing");
      }
      var bytes = in.readAllBytes();
      var digest = MessageDigest.getInstance("SHA-1").digest(bytes);
      return new LuaScript(new String(bytes, UTF_8), HexFormat.of().formatHex(digest));
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new IllegalStateException("resource lua/" + name + " cannot be read", e);
    }
  }

  Future<Response> run(Commands server, List<String> keys, List<byte[]> arguments) {
    return server
        .send(request(Command.EVALSHA, sha1, keys, arguments))
        .recover(
            failure ->
                failure instanceof RedisReplyException error && error.code().equals("NOSCRIPT")
                    ? server.send(request(Command.EVAL, text, keys, arguments))
                    : Future.failedFuture(failure));
  }

  /** An argument of a script. */
  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  /** An argument of a script. */
  static byte[] bytes(long number) {
    return bytes(Long.toString(number));
  }

  private static Request request(
      Command command, String script, List<String> keys, List<byte[]> arguments) {
    var request = Request.cmd(command).arg(script).arg(keys.size());
    keys.forEach(request::arg);
    arguments.forEach(request::arg);
    return request;
  }
}

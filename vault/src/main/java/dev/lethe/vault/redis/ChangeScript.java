package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.LuaScript.bytes;

import dev.lethe.vault.keys.SealingLapsedException;
import io.vertx.core.Future;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.List;

/** What {@code change.lua} takes and answers. */
final class ChangeScript {
  private static final LuaScript SCRIPT = LuaScript.resource("change.lua");

  private ChangeScript() {}

  static Future<ChangeResult> run(Commands redis, Place place, Change change) {
    var keys = new ArrayList<>(List.of(place.hash()));
    change.idempotent().ifPresent(it -> keys.add(place.idempotencyRecord(it.keySuffix())));
    return SCRIPT.run(redis, keys, arguments(change)).map(ChangeScript::result);
  }

  private static List<byte[]> arguments(Change change) {
    var arguments = new ArrayList<byte[]>();
    add(arguments, change.expected().orElse(Stamp.ABSENT));
    add(arguments, change.next());
    arguments.add(bytes(change.until()));
    arguments.add(bytes(change.remove().size()));
    change.remove().forEach(name -> arguments.add(bytes(name)));
    arguments.add(bytes(change.set().size()));
    change
        .set()
        .forEach(
            (name, value) -> {
              arguments.add(bytes(name));
              arguments.add(value);
            });
    change
        .idempotent()
        .ifPresent(
            it -> {
              arguments.add(it.value());
              arguments.add(bytes(it.ttl().toMillis()));
            });
    return arguments;
  }

  private static void add(List<byte[]> arguments, Stamp stamp) {
    arguments.add(bytes(stamp.life()));
    arguments.add(bytes(stamp.ver()));
    arguments.add(bytes(stamp.epoch()));
  }

  private static ChangeResult result(Response reply) {
    return switch (reply.get(0).toString()) {
      case "changed" -> new ChangeResult.Changed();
      case "lost" -> new ChangeResult.Lost();
      case "late" -> throw new SealingLapsedException();
      case "seen" -> new ChangeResult.Seen(reply.get(1).toBytes());
      default -> throw new IllegalStateException("change.lua answers nonsense");
    };
  }
}

package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hash of a subject.
 *
 * @param fields everything but stamp, format and tombstone
 */
public record StoredSubject(
    Stamp stamp, Map<String, byte[]> fields, Optional<Tombstone> tombstone) {
  static final String FORMAT = "f";
  static final String LIFE = "life";
  static final String VERSION = "ver";
  static final String EPOCH = "epoch";

  /** Names that only the scripts write. */
  static final Set<String> RESERVED =
      Set.of(
          FORMAT,
          LIFE,
          VERSION,
          EPOCH,
          Tombstone.ERASURE,
          Tombstone.ERASED_AT,
          Tombstone.TOKEN,
          Tombstone.OLD_EPOCH);

  private static final String KNOWN_FORMAT = "1";

  /** Whether nothing but the tombstone is left: no new life has begun since. */
  public boolean erased() {
    return tombstone.isPresent() && stamp.epoch() == 0;
  }

  /** Reads the flat list of names and values of an {@code HGETALL}. */
  static Optional<StoredSubject> parse(Response reply) {
    if (reply.size() == 0) {
      return Optional.empty();
    }
    var fields = new HashMap<String, byte[]>();
    var own = new HashMap<String, byte[]>();
    for (var i = 0; i + 1 < reply.size(); i += 2) {
      var name = reply.get(i).toString();
      (RESERVED.contains(name) ? own : fields).put(name, reply.get(i + 1).toBytes());
    }
    if (!KNOWN_FORMAT.equals(text(own, FORMAT))) {
      throw new IllegalStateException(
          "a subject is stored in format " + text(own, FORMAT) + ", which this release lacks");
    }
    var stamp =
        new Stamp(number(own, LIFE), number(own, VERSION), Math.toIntExact(number(own, EPOCH)));
    return Optional.of(new StoredSubject(stamp, Map.copyOf(fields), tombstone(own)));
  }

  private static Optional<Tombstone> tombstone(Map<String, byte[]> own) {
    return own.containsKey(Tombstone.ERASURE)
        ? Optional.of(
            new Tombstone(
                text(own, Tombstone.ERASURE),
                number(own, Tombstone.ERASED_AT),
                own.getOrDefault(Tombstone.TOKEN, new byte[0]),
                Math.toIntExact(number(own, Tombstone.OLD_EPOCH))))
        : Optional.empty();
  }

  private static String text(Map<String, byte[]> own, String name) {
    return new String(own.getOrDefault(name, new byte[0]), UTF_8);
  }

  private static long number(Map<String, byte[]> own, String name) {
    return own.containsKey(name) ? Long.parseLong(text(own, name)) : 0;
  }
}

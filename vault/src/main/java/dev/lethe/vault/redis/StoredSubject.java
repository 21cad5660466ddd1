package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.redis.client.Response;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The hash of a subject.
 *
 * @param born the epoch in which the life began; 0 when nothing is alive
 * @param fields what was read of it, but for stamp, format and tombstone
 */
public record StoredSubject(
    Stamp stamp, int born, Map<String, byte[]> fields, Optional<Tombstone> tombstone) {
  static final String FORMAT = "f";
  static final String LIFE = "life";
  static final String VERSION = "ver";
  static final String EPOCH = "epoch";
  static final String BORN = "born";

  /** Names that only the scripts write. */
  static final Set<String> RESERVED =
      Set.of(
          FORMAT,
          LIFE,
          VERSION,
          EPOCH,
          BORN,
          Tombstone.ERASURE,
          Tombstone.ERASED_AT,
          Tombstone.TOKEN,
          Tombstone.OLD_EPOCH);

  private static final String KNOWN_FORMAT = "1";

  /** Whether nothing but the tombstone is left: no new life has begun since. */
  public boolean erased() {
    return tombstone.isPresent() && stamp.epoch() == 0;
  }

  /** Whether what lives now stood under an epoch at any time. */
  public boolean stoodUnder(int epoch) {
    return born <= epoch && epoch <= stamp.epoch();
  }

  /** Reads the flat list of names and values of an {@code HGETALL}. */
  static Optional<StoredSubject> parse(Response reply) {
    var fields = new HashMap<String, byte[]>();
    var own = new HashMap<String, byte[]>();
    for (var i = 0; i + 1 < reply.size(); i += 2) {
      var name = reply.get(i).toString();
      (RESERVED.contains(name) ? own : fields).put(name, reply.get(i + 1).toBytes());
    }
    return of(own, fields);
  }

  /** Reads the values of an {@code HMGET} of these names, the {@link #RESERVED} ones among them. */
  static Optional<StoredSubject> parse(List<String> names, Response reply) {
    var fields = new HashMap<String, byte[]>();
    var own = new HashMap<String, byte[]>();
    for (var i = 0; i < names.size(); i++) {
      var value = reply.get(i);
      if (value != null) {
        (RESERVED.contains(names.get(i)) ? own : fields).put(names.get(i), value.toBytes());
      }
    }
    return of(own, fields);
  }

  private static Optional<StoredSubject> of(Map<String, byte[]> own, Map<String, byte[]> fields) {
    if (own.isEmpty() && fields.isEmpty()) {
      return Optional.empty();
    }
    if (!KNOWN_FORMAT.equals(text(own, FORMAT))) {
      throw new IllegalStateException(
          "a subject is stored in format " + text(own, FORMAT) + ", which this release lacks");
    }
    var stamp =
        new Stamp(number(own, LIFE), number(own, VERSION), Math.toIntExact(number(own, EPOCH)));
    return Optional.of(
        new StoredSubject(
            stamp, Math.toIntExact(number(own, BORN)), Map.copyOf(fields), tombstone(own)));
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

package dev.lethe.vault.redis;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Pattern;

/**
 * Where a person stands in the store: as themselves, or put aside for a legal hold when a life was
 * erased. All of it shares the person's cluster slot.
 *
 * @param heldLife the life whose erasure put it aside; empty for the person as they live
 */
public record Place(String pseudonym, OptionalLong heldLife) {
  static final String PREFIX = "s:{";

  private static final Pattern KEY = Pattern.compile("s:\\{([^}]+)}(?::held\\.([0-9]{1,18}))?");

  /** The person as they live. */
  public static Place of(String pseudonym) {
    return new Place(pseudonym, OptionalLong.empty());
  }

  /** What the erasure of a life put aside. */
  public static Place held(String pseudonym, long life) {
    return new Place(pseudonym, OptionalLong.of(life));
  }

  /** The place of a key; empty when the key is of something else. */
  static Optional<Place> ofKey(String key) {
    var match = KEY.matcher(key);
    if (!match.matches()) {
      return Optional.empty();
    }
    return Optional.of(
        match.group(2) == null
            ? of(match.group(1))
            : held(match.group(1), Long.parseLong(match.group(2))));
  }

  /** The key of the hash. */
  String hash() {
    return PREFIX + pseudonym + "}" + suffix();
  }

  /** The key of the access log. */
  String accessLog() {
    return "a:{" + pseudonym + "}" + suffix();
  }

  /** The key of a record of idempotency: the person's, wherever they stand. */
  String idempotencyRecord(String suffix) {
    return "i:{" + pseudonym + "}:" + suffix;
  }

  private String suffix() {
    return heldLife.isPresent() ? ":held." + heldLife.getAsLong() : "";
  }
}

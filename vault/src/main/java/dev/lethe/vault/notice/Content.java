package dev.lethe.vault.notice;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.crypto.SubjectLife;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a notice names, sealed while it waits.
 *
 * @param subject by which the receiver knows the person
 * @param life whose pseudonym it is too: a copy without its place still says whose it is
 * @param purpose that something was withdrawn from; empty for an erasure
 * @param fields that were withdrawn from it
 */
public record Content(
    SubjectRef subject, SubjectLife life, Optional<Purpose> purpose, Set<Field> fields) {
  private static final byte[] BEGINNING = "{\"iss\":\"".getBytes(UTF_8);

  /** How many bytes {@link #plausible} looks at. */
  public static final int START = BEGINNING.length;

  public Content {
    fields = Set.copyOf(fields);
  }

  static Content erased(SubjectRef subject, SubjectLife life) {
    return new Content(subject, life, Optional.empty(), Set.of());
  }

  byte[] encode() {
    var json =
        new JsonObject()
            .put("iss", subject.issuer())
            .put("sub", subject.subject())
            .put("pseudonym", life.pseudonym())
            .put("life", life.life());
    purpose.ifPresent(
        of ->
            json.put("purpose", of.wireName())
                .put(
                    "fields",
                    new JsonArray(fields.stream().sorted().map(Field::wireName).toList())));
    return json.encode().getBytes(UTF_8);
  }

  /** Whether a text may be that of a notice; of noise, one in 2^64 may. */
  public static boolean plausible(byte[] start) {
    return start.length >= START && Arrays.equals(start, 0, START, BEGINNING, 0, START);
  }

  /** Reads what was encoded; empty when it is something else. */
  public static Optional<Content> decode(byte[] text) {
    try {
      var json = new JsonObject(new String(text, UTF_8));
      if (!json.containsKey("sub") || !json.containsKey("pseudonym") || !json.containsKey("life")) {
        return Optional.empty();
      }
      var purpose = Optional.ofNullable(json.getString("purpose")).flatMap(Purpose::ofConsentable);
      var fields = EnumSet.noneOf(Field.class);
      fields.addAll(
          json.getJsonArray("fields", new JsonArray()).stream()
              .flatMap(name -> Field.ofWireName((String) name).stream())
              .collect(Collectors.toSet()));
      return Optional.of(
          new Content(
              new SubjectRef(json.getString("iss"), json.getString("sub")),
              new SubjectLife(json.getString("pseudonym"), json.getLong("life")),
              purpose,
              fields));
    } catch (DecodeException | ClassCastException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "Content[hidden]";
  }
}

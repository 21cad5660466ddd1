package dev.lethe.vault.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.UnreadableException;
import java.io.IOException;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The plaintext of sealed access-log entries: a JSON array with one object for each kind of access.
 */
final class AccessCodec {
  private static final ObjectMapper JSON = new ObjectMapper();

  private AccessCodec() {}

  static byte[] encode(Map<Access, Long> counts) {
    var entries = JSON.createArrayNode();
    counts.forEach(
        (access, count) -> {
          var entry = entries.addObject();
          entry.put("day", access.day().toString());
          entry.put("reader", access.reader());
          entry.put("purpose", access.purpose().name());
          var fields = entry.putArray("fields");
          access.fields().forEach(field -> fields.add(field.wireName()));
          entry.put("outcome", access.outcome().name());
          entry.put("count", count);
        });
    try {
      return JSON.writeValueAsBytes(entries);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("access counts are always JSON", e);
    }
  }

  /** Adds what is written to the counts. */
  static void decode(byte[] bytes, Map<Access, Long> counts) {
    try {
      for (var entry : JSON.readTree(bytes)) {
        counts.merge(access(entry), entry.path("count").asLong(), Long::sum);
      }
    } catch (IOException | IllegalArgumentException e) {
      throw new UnreadableException("unknown format of an access-log entry");
    }
  }

  private static Access access(JsonNode entry) {
    var fields = EnumSet.noneOf(Field.class);
    entry
        .path("fields")
        .forEach(
            name ->
                Stream.of(name.asText())
                    .flatMap(text -> Field.ofWireName(text).stream())
                    .forEach(fields::add));
    return new Access(
        LocalDate.parse(entry.path("day").asText()),
        entry.path("reader").asText(),
        Purpose.valueOf(entry.path("purpose").asText()),
        fields,
        Access.Outcome.valueOf(entry.path("outcome").asText()));
  }
}

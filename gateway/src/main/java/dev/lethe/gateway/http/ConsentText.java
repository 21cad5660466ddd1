package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.io.IOException;
import java.util.Collection;
import java.util.List;

/** Writes consents, and the access log that says what became of them. */
final class ConsentText {
  private ConsentText() {}

  /** A decision just taken. */
  static void write(JsonGenerator json, ConsentGiven given) throws IOException {
    json.writeStartObject();
    members(json, given.consents());
    json.writeStringField("receipt", given.receipt());
    if (given.modelBy().isPresent()) {
      JsonText.instant(json, "modelBy", given.modelBy());
    }
    json.writeEndObject();
  }

  static void write(JsonGenerator json, Consents consents) throws IOException {
    json.writeStartObject();
    members(json, consents);
    json.writeEndObject();
  }

  private static void members(JsonGenerator json, Consents consents) throws IOException {
    json.writeNumberField("version", consents.version());
    json.writeObjectFieldStart("purposes");
    for (Purpose purpose : Purpose.consentables().toList()) {
      var decision = consents.purposes().getOrDefault(purpose, Consents.Decision.NONE);
      json.writeObjectFieldStart(purpose.wireName());
      JsonText.strings(json, "fields", names(decision.fields()));
      JsonText.instant(json, "updatedAt", decision.updatedAt());
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  /** Names in declared order, whatever the set's own. */
  static List<String> names(Collection<Field> fields) {
    return fields.stream().sorted().map(Field::wireName).toList();
  }

  static void entries(JsonGenerator json, List<AccessLogEntry> entries) throws IOException {
    json.writeStartArray();
    for (AccessLogEntry entry : entries) {
      entry(json, entry);
    }
    json.writeEndArray();
  }

  static void entry(JsonGenerator json, AccessLogEntry entry) throws IOException {
    json.writeStartObject();
    json.writeStringField("day", entry.day().toString());
    json.writeStringField("reader", entry.reader());
    json.writeStringField("purpose", entry.purpose().wireName());
    JsonText.strings(json, "fields", names(entry.fields()));
    json.writeStringField("outcome", entry.outcome());
    json.writeNumberField("count", entry.count());
    json.writeEndObject();
  }
}

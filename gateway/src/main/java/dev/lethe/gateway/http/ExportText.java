package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.RetentionRule;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Writes an export member by member, so that a large one is never in memory twice. */
final class ExportText {
  private static final String LOGIC =
      "Titles are scored by what you watched and rated, what you searched for, what you prefer and"
          + " how popular they are, and only from fields that you consented to for"
          + " personalization. POST /v1/rank with \"explain\":true names the terms of each score.";
  private static final Map<String, String> PURPOSES = new LinkedHashMap<>();

  static {
    PURPOSES.put("personalization", "Rank titles for you.");
    PURPOSES.put("training", "Learn from you for everybody.");
  }

  private ExportText() {}

  static Iterator<Buffer> parts(Export export) {
    Map<String, JsonText.Content> members = new LinkedHashMap<>();
    members.put("profile", json -> profile(json, export));
    members.put("consents", json -> ConsentText.write(json, export.consents(), Optional.empty()));
    members.put("receipts", json -> strings(json, export.receipts()));
    members.put("accessLog", json -> ConsentText.entries(json, export.accessLog()));
    members.put("purposes", ExportText::purposes);
    members.put("retention", json -> retention(json, export.retention()));
    members.put("recipients", ExportText::recipients);
    members.put("logic", json -> json.writeString(LOGIC));
    var entries = members.entrySet().iterator();
    return new Iterator<>() {
      private boolean first = true;

      @Override
      public boolean hasNext() {
        return entries.hasNext();
      }

      @Override
      public Buffer next() {
        var member = entries.next();
        var part =
            Buffer.buffer(first ? "{\"" : ",\"")
                .appendString(member.getKey())
                .appendString("\":")
                .appendBuffer(JsonText.of(member.getValue()));
        first = false;
        return entries.hasNext() ? part : part.appendString("}");
      }
    };
  }

  private static void profile(JsonGenerator json, Export export) throws IOException {
    if (export.profile().isPresent()) {
      ProfileText.write(json, export.profile().get());
    } else {
      ProfileText.writeEmpty(json);
    }
  }

  private static void strings(JsonGenerator json, List<String> values) throws IOException {
    json.writeStartArray();
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static void purposes(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Map.Entry<String, String> purpose : PURPOSES.entrySet()) {
      json.writeStartObject();
      json.writeStringField("purpose", purpose.getKey());
      json.writeStringField("description", purpose.getValue());
      json.writeStringField("basis", "consent");
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void retention(JsonGenerator json, RetentionRule rule) throws IOException {
    Duration age = rule.maxAge();
    boolean wholeDays = age.equals(Duration.ofDays(age.toDays()));
    json.writeStartObject();
    json.writeNumberField("maxEvents", rule.maxEvents());
    json.writeStringField("maxAge", wholeDays ? age.toDays() + "d" : age.toSeconds() + "s");
    json.writeEndObject();
  }

  private static void recipients(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (String recipient : List.of("ranker", "trainer")) {
      json.writeStartObject();
      json.writeStringField("recipient", recipient);
      json.writeStringField("purpose", recipient.equals("ranker") ? "personalization" : "training");
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

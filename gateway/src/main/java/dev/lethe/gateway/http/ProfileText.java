package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes a person's own view of their profile; a field without data is left out. */
public final class ProfileText {
  private ProfileText() {}

  public static void write(JsonGenerator json, ProfileView view) throws IOException {
    Profile profile = view.profile();
    json.writeStartObject();
    json.writeObjectFieldStart("fields");
    if (!profile.history().isEmpty()) {
      json.writeArrayFieldStart("history");
      for (Event.Watched event : profile.history()) {
        watched(json, event);
      }
      json.writeEndArray();
    }
    if (!profile.searches().isEmpty()) {
      json.writeArrayFieldStart("searches");
      for (Event.Searched event : profile.searches()) {
        searched(json, event);
      }
      json.writeEndArray();
    }
    if (profile.demographics().isPresent()) {
      json.writeFieldName("demographics");
      demographics(json, profile.demographics().get());
    }
    if (profile.preferences().isPresent()) {
      json.writeFieldName("preferences");
      preferences(json, profile.preferences().get());
    }
    json.writeEndObject();
    json.writeNumberField("version", view.version());
    json.writeStringField("updatedAt", JsonText.instant(view.updatedAt()));
    json.writeEndObject();
  }

  static void watched(JsonGenerator json, Event.Watched event) throws IOException {
    json.writeStartObject();
    json.writeStringField("item", event.item());
    json.writeStringField("at", JsonText.instant(event.at()));
    number(json, "progress", event.progress());
    number(json, "rating", event.rating());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, OptionalDouble value)
      throws IOException {
    if (value.isPresent()) {
      JsonText.number(json, name, value.getAsDouble());
    }
  }

  static void searched(JsonGenerator json, Event.Searched event) throws IOException {
    json.writeStartObject();
    json.writeStringField("query", event.query());
    json.writeStringField("at", JsonText.instant(event.at()));
    json.writeEndObject();
  }

  static void demographics(JsonGenerator json, Document.Demographics document) throws IOException {
    json.writeStartObject();
    text(json, "ageBand", document.ageBand());
    text(json, "region", document.region());
    text(json, "language", document.language());
    json.writeEndObject();
  }

  private static void text(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    }
  }

  static void preferences(JsonGenerator json, Document.Preferences document) throws IOException {
    json.writeStartObject();
    if (!document.genres().isEmpty()) {
      json.writeObjectFieldStart("genres");
      for (Map.Entry<String, Double> genre : document.genres().entrySet()) {
        JsonText.number(json, genre.getKey(), genre.getValue());
      }
      json.writeEndObject();
    }
    if (!document.muted().isEmpty()) {
      JsonText.strings(json, "muted", document.muted());
    }
    json.writeEndObject();
  }
}

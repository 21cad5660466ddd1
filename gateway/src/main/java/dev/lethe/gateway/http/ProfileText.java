package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** Writes a person's own view of their profile; a field without data is left out. */
final class ProfileText {
  private ProfileText() {}

  static void write(JsonGenerator json, ProfileView view) throws IOException {
    write(json, view.profile(), view.version(), Optional.of(view));
  }

  /** The profile of somebody about whom nothing is stored. */
  static void writeEmpty(JsonGenerator json) throws IOException {
    write(json, Profile.EMPTY, 0, Optional.empty());
  }

  private static void write(
      JsonGenerator json, Profile profile, long version, Optional<ProfileView> view)
      throws IOException {
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
      searches(json, profile.searches());
    }
    if (profile.demographics().isPresent()) {
      demographics(json, profile.demographics().get());
    }
    if (profile.preferences().isPresent()) {
      preferences(json, profile.preferences().get());
    }
    json.writeEndObject();
    json.writeNumberField("version", version);
    JsonText.instant(json, "updatedAt", view.map(ProfileView::updatedAt));
    json.writeEndObject();
  }

  private static void watched(JsonGenerator json, Event.Watched event) throws IOException {
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

  private static void searches(JsonGenerator json, List<Event.Searched> searches)
      throws IOException {
    json.writeArrayFieldStart("searches");
    for (Event.Searched event : searches) {
      json.writeStartObject();
      json.writeStringField("query", event.query());
      json.writeStringField("at", JsonText.instant(event.at()));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void demographics(JsonGenerator json, Document.Demographics document)
      throws IOException {
    json.writeObjectFieldStart("demographics");
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

  private static void preferences(JsonGenerator json, Document.Preferences document)
      throws IOException {
    json.writeObjectFieldStart("preferences");
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

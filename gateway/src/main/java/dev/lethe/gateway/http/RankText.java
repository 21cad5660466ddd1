package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.ranker.api.Explain;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Field;
import java.io.IOException;
import java.util.Optional;

/** Writes rankings and titles. */
public final class RankText {
  private RankText() {}

  /**
   * @param explain how much of the reasons is written
   * @param receipt whether the receipt is written, or that there is none
   */
  public static void write(JsonGenerator json, Ranking ranking, Explain explain, boolean receipt)
      throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("items");
    for (Ranking.Item item : ranking.items()) {
      json.writeStartObject();
      json.writeStringField("id", item.id());
      json.writeStringField("title", item.title());
      json.writeNumberField("score", item.score());
      if (explain != Explain.NOTHING) {
        json.writeArrayFieldStart("because");
        for (Ranking.Because term : item.because()) {
          because(json, term, explain == Explain.FULL ? ranking.consent() : Optional.empty());
        }
        json.writeEndArray();
      }
      if (explain == Explain.FULL) {
        without(json, item);
      }
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField("personalization", ranking.personalization().wireName());
    JsonText.strings(
        json, "fieldsUsed", ranking.fieldsUsed().stream().map(Field::wireName).toList());
    orNull(json, "reason", ranking.reason().map(Ranking.Reason::wireName));
    json.writeStringField("model", ranking.model());
    JsonText.strings(json, "unknown", ranking.unknown());
    if (receipt) {
      orNull(json, "receipt", ranking.receipt());
    }
    json.writeEndObject();
  }

  /**
   * @param consent to be named by the terms that come from a field
   */
  private static void because(
      JsonGenerator json, Ranking.Because term, Optional<ConsentRef> consent) throws IOException {
    json.writeStartObject();
    orNull(json, "field", term.field().map(Field::wireName));
    if (term.item().isPresent()) {
      json.writeStringField("item", term.item().get());
    }
    if (term.title().isPresent()) {
      json.writeStringField("title", term.title().get());
    }
    if (term.value().isPresent()) {
      json.writeStringField("value", term.value().get());
    }
    json.writeNumberField("share", term.share());
    if (term.field().isPresent() && consent.isPresent()) {
      json.writeObjectFieldStart("consent");
      json.writeStringField("purpose", consent.get().purpose().wireName());
      json.writeNumberField("version", consent.get().version());
      json.writeStringField("at", JsonText.instant(consent.get().at()));
      json.writeEndObject();
    }
    json.writeEndObject();
  }

  private static void without(JsonGenerator json, Ranking.Item item) throws IOException {
    json.writeObjectFieldStart("without");
    for (var place : item.without().entrySet()) {
      if (place.getValue().isPresent()) {
        json.writeNumberField(place.getKey().wireName(), place.getValue().getAsInt());
      } else {
        json.writeNullField(place.getKey().wireName());
      }
    }
    json.writeEndObject();
  }

  private static void orNull(JsonGenerator json, String name, Optional<String> value)
      throws IOException {
    if (value.isPresent()) {
      json.writeStringField(name, value.get());
    } else {
      json.writeNullField(name);
    }
  }

  static void page(JsonGenerator json, TitlePage page) throws IOException {
    json.writeStartObject();
    json.writeArrayFieldStart("titles");
    for (Title title : page.titles()) {
      title(json, title);
    }
    json.writeEndArray();
    orNull(json, "next", page.next());
    json.writeEndObject();
  }

  static void title(JsonGenerator json, Title title) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", title.id());
    json.writeStringField("title", title.title());
    if (title.year().isPresent()) {
      json.writeNumberField("year", title.year().getAsInt());
    } else {
      json.writeNullField("year");
    }
    JsonText.strings(json, "genres", title.genres());
    JsonText.strings(json, "tags", title.tags());
    JsonText.strings(json, "people", title.people());
    json.writeStringField("overview", title.overview());
    JsonText.number(json, "popularity", title.popularity());
    json.writeEndObject();
  }
}

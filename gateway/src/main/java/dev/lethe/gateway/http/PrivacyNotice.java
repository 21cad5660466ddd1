package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a person is told beside their data: purposes and legal bases (GDPR 13(1)(c), 15(1)(a)),
 * categories and recipients (15(1)(b), (c)), retention (15(1)(d)), rights (15(1)(e)), source
 * (15(1)(g)) and the logic of the profiling (13(2)(f), 15(1)(h)). Concepts are those of the W3C
 * Data Privacy Vocabulary (https://w3id.org/dpv).
 */
final class PrivacyNotice {
  private static final String CONSENT = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-a";
  private static final String LEGAL_OBLIGATION = "https://w3id.org/dpv/legal/eu/gdpr#A6-1-c";

  private record Part(String name, List<Field> fields, String effect) {}

  /** In the order in which a score is summed. */
  private static final List<Part> PARTS =
      List.of(
          new Part(
              "popularity",
              List.of(),
              "How popular a title is and, where that was learned from published ratings, how"
                  + " often those who came across it liked it; the same for everybody."),
          new Part(
              "history",
              List.of(Field.HISTORY),
              "Titles like those that you watched gain, and so do those that others watched who"
                  + " watched the same, where that was learned from published ratings: the more so"
                  + " the newer the viewing, the further you watched and the better you rated."
                  + " Titles of another time lose, and so do those like what you rated badly or"
                  + " left at once."),
          new Part(
              "searches",
              List.of(Field.SEARCHES),
              "Titles whose words match your recent searches gain."),
          new Part(
              "preferences",
              List.of(Field.PREFERENCES),
              "Titles of genres that you like gain, those of genres that you dislike lose; muted"
                  + " titles are left out or come last."),
          new Part(
              "demographics",
              List.of(Field.DEMOGRAPHICS),
              "A weak leaning by age band, region and language, set by hand."));

  private record Right(String right, String route) {}

  private static final List<Right> RIGHTS =
      List.of(
          new Right("access", "GET /v1/export"),
          new Right("portability", "GET /v1/export"),
          new Right("who-read-what", "GET /v1/access-log"),
          new Right("rectification", "PUT /v1/profile/{field}"),
          new Right("erasure", "DELETE /v1/profile"),
          new Right("partial-erasure", "DELETE /v1/profile/{field}"),
          new Right("restriction", "ask the controller"),
          new Right("withdraw-consent", "PUT /v1/consents/{purpose}"),
          new Right("object-to-profiling", "POST /v1/rank with \"profiling\":false"),
          new Right("explanation", "POST /v1/rank with \"explain\":\"full\""),
          new Right("complaint", "the data protection authority of where you live or work"));

  private final Export export;

  PrivacyNotice(Export export) {
    this.export = export;
  }

  void purposes(JsonGenerator json) throws IOException {
    json.writeStartArray();
    purpose(json, Purpose.PERSONALIZATION, "Rank titles for you.");
    purpose(json, Purpose.TRAINING, "Learn from you for everybody.");
    purpose(
        json,
        Purpose.SELF,
        "Show you what is stored about you, hand it out and erase it, as the law asks.");
    json.writeEndArray();
  }

  private void purpose(JsonGenerator json, Purpose purpose, String description) throws IOException {
    json.writeStartObject();
    json.writeStringField("purpose", purpose.wireName());
    json.writeStringField("description", description);
    json.writeStringField("iri", purpose.iri());
    json.writeStringField("basis", purpose.consentable() ? "consent" : "legal-obligation");
    json.writeStringField("legalBasis", purpose.consentable() ? CONSENT : LEGAL_OBLIGATION);
    categories(json, purpose);
    json.writeEndObject();
  }

  /** What is used for it: of a purpose that is consented to, what is consented to. */
  private void categories(JsonGenerator json, Purpose purpose) throws IOException {
    JsonText.strings(
        json,
        "categories",
        purpose.consentable()
            ? ConsentText.names(
                export.consents().purposes().getOrDefault(purpose, Consents.Decision.NONE).fields())
            : Stream.of(Field.values()).map(Field::wireName).toList());
  }

  void retention(JsonGenerator json) throws IOException {
    Duration age = export.retention().maxAge();
    boolean wholeDays = age.equals(Duration.ofDays(age.toDays()));
    json.writeStartObject();
    json.writeNumberField("maxEvents", export.retention().maxEvents());
    json.writeStringField("maxAge", wholeDays ? age.toDays() + "d" : age.toSeconds() + "s");
    json.writeStringField("documents", "until you replace, forget or erase them");
    json.writeStringField("consents", "until you erase your profile");
    json.writeStringField("accessLog", "at least 400d, until you erase your profile");
    json.writeStringField(
        "backups", "what is erased cannot be read once the keys of its epoch are destroyed");
    json.writeEndObject();
  }

  void recipients(JsonGenerator json) throws IOException {
    json.writeStartArray();
    recipient(json, "ranker", Purpose.PERSONALIZATION);
    recipient(json, "trainer", Purpose.TRAINING);
    json.writeEndArray();
  }

  private void recipient(JsonGenerator json, String name, Purpose purpose) throws IOException {
    json.writeStartObject();
    json.writeStringField("recipient", name);
    json.writeStringField("purpose", purpose.wireName());
    categories(json, purpose);
    json.writeEndObject();
  }

  void logic(JsonGenerator json) throws IOException {
    json.writeStartObject();
    json.writeBooleanField("profiling", true);
    json.writeBooleanField("automatedDecision", false);
    json.writeStringField(
        "description",
        "A title's score is the sum of the parts below. A part has an effect only when its field"
            + " is consented to for personalization and holds data.");
    json.writeArrayFieldStart("parts");
    for (Part part : PARTS) {
      json.writeStartObject();
      json.writeStringField("part", part.name());
      JsonText.strings(json, "fields", ConsentText.names(part.fields()));
      json.writeStringField("effect", part.effect());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeStringField(
        "consequences",
        "The order in which titles are offered to you. Nothing else depends on it.");
    json.writeEndObject();
  }

  void source(JsonGenerator json) throws IOException {
    json.writeString(
        "You, through the services that write to your profile, and what the controller brought"
            + " along when it moved existing profiles here; the access log shows such an import as"
            + " a reading by admin, and the receipt of a consent brought along says imported.");
  }

  void rights(JsonGenerator json) throws IOException {
    json.writeStartArray();
    for (Right right : RIGHTS) {
      json.writeStartObject();
      json.writeStringField("right", right.right());
      json.writeStringField("how", right.route());
      json.writeEndObject();
    }
    json.writeEndArray();
  }
}

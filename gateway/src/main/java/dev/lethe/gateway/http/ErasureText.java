package dev.lethe.gateway.http;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.vault.api.Erasure;
import java.io.IOException;
import java.util.Optional;

/** Writes an erasure, its stages and who is told of it. */
public final class ErasureText {
  private ErasureText() {}

  public static Reply reply(Erasure erasure) {
    return Reply.json(200, json -> write(json, erasure));
  }

  private static void write(JsonGenerator json, Erasure erasure) throws IOException {
    json.writeStartObject();
    json.writeStringField("erasureId", erasure.erasureId());
    if (erasure.held()) {
      json.writeBooleanField("held", true);
    }
    json.writeObjectFieldStart("stages");
    json.writeFieldName("inaccessible");
    stage(json, Optional.of(erasure.inaccessible()));
    json.writeFieldName("purged");
    stage(json, erasure.purged());
    var unrecoverable = erasure.unrecoverable();
    json.writeObjectFieldStart("unrecoverable");
    JsonText.instant(json, "by", unrecoverable.by());
    JsonText.instant(json, "at", unrecoverable.reached().map(Erasure.Stage::at));
    json.writeFieldName("receipt");
    if (unrecoverable.reached().isPresent()) {
      json.writeString(unrecoverable.reached().get().receipt());
    } else {
      json.writeNull();
    }
    json.writeEndObject();
    json.writeEndObject();
    if (erasure.modelBy().isPresent()) {
      JsonText.instant(json, "modelBy", erasure.modelBy());
    }
    json.writeArrayFieldStart("notices");
    for (var notice : erasure.notices()) {
      json.writeStartObject();
      json.writeStringField("receiver", notice.receiver());
      json.writeStringField("event", notice.event());
      json.writeStringField("state", notice.state().wireName());
      json.writeStringField("at", JsonText.instant(notice.at()));
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void stage(JsonGenerator json, Optional<Erasure.Stage> stage) throws IOException {
    if (stage.isEmpty()) {
      json.writeNull();
      return;
    }
    json.writeStartObject();
    json.writeStringField("at", JsonText.instant(stage.get().at()));
    json.writeStringField("receipt", stage.get().receipt());
    json.writeEndObject();
  }
}

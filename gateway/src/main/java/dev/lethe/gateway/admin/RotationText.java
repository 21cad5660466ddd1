package dev.lethe.gateway.admin;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.lethe.gateway.http.JsonText;
import dev.lethe.vault.api.Rotation;
import java.io.IOException;

/** A rotation as JSON. */
final class RotationText {
  private RotationText() {}

  static void write(JsonGenerator json, Rotation rotation) throws IOException {
    json.writeStartObject();
    json.writeStringField("id", rotation.id());
    json.writeStringField("state", rotation.state().wireName());
    json.writeStringField("reason", rotation.reason());
    json.writeNumberField("fromEpoch", rotation.fromEpoch());
    json.writeNumberField("toEpoch", rotation.toEpoch());
    json.writeBooleanField("rekey", rotation.rekey());
    json.writeNumberField("total", rotation.total());
    json.writeNumberField("done", rotation.done());
    json.writeStringField("startedAt", JsonText.instant(rotation.startedAt()));
    JsonText.instant(json, "pausedUntil", rotation.pausedUntil());
    JsonText.instant(json, "completedAt", rotation.completedAt());
    json.writeEndObject();
  }
}

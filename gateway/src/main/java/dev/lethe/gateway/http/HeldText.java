package dev.lethe.gateway.http;

import dev.lethe.vault.api.HeldLife;
import dev.lethe.vault.api.SubjectState;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes whether a person is held or restricted, and what a hold keeps. */
public final class HeldText {
  private HeldText() {}

  public static Reply state(SubjectState state) {
    return Reply.json(
        200,
        json -> {
          json.writeStartObject();
          json.writeBooleanField("held", state.heldSince().isPresent());
          JsonText.instant(json, "heldSince", state.heldSince());
          json.writeBooleanField("restricted", state.restrictedSince().isPresent());
          JsonText.instant(json, "restrictedSince", state.restrictedSince());
          json.writeEndObject();
        });
  }

  public static Reply lives(List<HeldLife> lives) {
    return new Reply.Streamed(
        200,
        Map.of("Content-Type", "application/json"),
        JsonParts.object(
            Map.of("lives", JsonParts.list(lives.stream().map(HeldText::life).toList()))));
  }

  private static Iterator<Buffer> life(HeldLife life) {
    Map<String, Iterator<Buffer>> members = new LinkedHashMap<>();
    members.put("life", JsonParts.value(json -> json.writeNumber(life.life())));
    members.put(
        "erasureId",
        JsonParts.value(
            json -> {
              if (life.erasureId().isPresent()) {
                json.writeString(life.erasureId().get());
              } else {
                json.writeNull();
              }
            }));
    members.put("export", ExportText.parts(life.export()));
    return JsonParts.object(members);
  }
}

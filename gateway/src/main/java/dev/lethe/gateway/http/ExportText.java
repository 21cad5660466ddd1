package dev.lethe.gateway.http;

import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Writes an export part by part, so that a large one is never encoded as a whole. */
final class ExportText {
  private ExportText() {}

  static Iterator<Buffer> parts(Export export) {
    var notice = new PrivacyNotice(export);
    Map<String, Iterator<Buffer>> members = new LinkedHashMap<>();
    members.put("profile", profile(export.profile()));
    members.put("consents", JsonParts.value(json -> ConsentText.write(json, export.consents())));
    members.put(
        "receipts",
        JsonParts.array(export.receipts(), (json, receipt) -> json.writeString(receipt)));
    members.put("accessLog", JsonParts.array(export.accessLog(), ConsentText::entry));
    members.put("purposes", JsonParts.value(notice::purposes));
    members.put("retention", JsonParts.value(notice::retention));
    members.put("recipients", JsonParts.value(notice::recipients));
    members.put("logic", JsonParts.value(notice::logic));
    members.put("controller", JsonParts.value(json -> json.writeString(export.controller())));
    members.put("source", JsonParts.value(notice::source));
    members.put("rights", JsonParts.value(notice::rights));
    return JsonParts.object(members);
  }

  private static Iterator<Buffer> profile(Optional<ProfileView> view) {
    var profile = view.map(ProfileView::profile).orElse(Profile.EMPTY);
    Map<String, Iterator<Buffer>> fields = new LinkedHashMap<>();
    if (!profile.history().isEmpty()) {
      fields.put("history", JsonParts.array(profile.history(), ProfileText::watched));
    }
    if (!profile.searches().isEmpty()) {
      fields.put("searches", JsonParts.array(profile.searches(), ProfileText::searched));
    }
    profile
        .demographics()
        .ifPresent(
            document ->
                fields.put(
                    "demographics",
                    JsonParts.value(json -> ProfileText.demographics(json, document))));
    profile
        .preferences()
        .ifPresent(
            document ->
                fields.put(
                    "preferences",
                    JsonParts.value(json -> ProfileText.preferences(json, document))));
    Map<String, Iterator<Buffer>> members = new LinkedHashMap<>();
    members.put("fields", JsonParts.object(fields));
    members.put(
        "version",
        JsonParts.value(json -> json.writeNumber(view.map(ProfileView::version).orElse(0L))));
    members.put(
        "updatedAt",
        JsonParts.value(
            json -> {
              if (view.isPresent()) {
                json.writeString(JsonText.instant(view.get().updatedAt()));
              } else {
                json.writeNull();
              }
            }));
    return JsonParts.object(members);
  }
}

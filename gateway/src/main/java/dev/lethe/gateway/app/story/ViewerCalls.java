package dev.lethe.gateway.app.story;

import dev.lethe.ranker.eval.RankLens.Like;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * What viewers ask of an instance, measured, and asked again when there is no room. Thread-safe.
 */
final class ViewerCalls {
  private static final int BATCH = 1000;

  private final Scene scene;
  private final Tally tally;
  private final Map<String, String> tokens = new ConcurrentHashMap<>();

  ViewerCalls(Scene scene, Tally tally) {
    this.scene = scene;
    this.tally = tally;
  }

  /** Stores likes in batches, each of which may be sent twice. */
  void like(String viewer, List<Like> likes) {
    for (int from = 0; from < likes.size(); from += BATCH) {
      var body =
          likes.subList(from, Math.min(likes.size(), from + BATCH)).stream()
              .map(like -> "{\"item\":\"" + like.item() + "\",\"at\":\"" + like.at() + "\"}")
              .collect(Collectors.joining(",", "{\"events\":[", "]}"));
      var name = "likes-from-" + from;
      tally
          .patiently(
              "events",
              () ->
                  scene
                      .api()
                      .viewer("POST", "/v1/profile/history/events", token(viewer))
                      .json(body)
                      .named(name)
                      .send())
          .expect(200);
    }
  }

  void consent(String viewer) {
    putConsent("consent", viewer, "\"history\"");
  }

  void withdraw(String viewer) {
    putConsent("withdraw", viewer, "");
  }

  private void putConsent(String kind, String viewer, String fields) {
    call(kind, "PUT", "/v1/consents/personalization", viewer, "{\"fields\":[" + fields + "]}")
        .expect(200);
  }

  /** How far a ranking was personalised: {@code full}, {@code none} or something between. */
  String rank(String viewer, List<String> candidates) {
    var body =
        candidates.stream()
            .map(item -> "\"" + item + "\"")
            .collect(Collectors.joining(",", "{\"candidates\":[", "],\"explain\":false}"));
    return call("rank", "POST", "/v1/rank", viewer, body)
        .expect(200)
        .body()
        .path("personalization")
        .asText();
  }

  Api.Answer erase(String viewer) {
    return call("erase", "DELETE", "/v1/profile", viewer);
  }

  /** Whether no copy of Redis gives away any more what was erased. */
  boolean unrecoverable(String viewer, String erasureId) {
    return call("erasure", "GET", "/v1/erasures/" + erasureId, viewer)
        .expect(200)
        .body()
        .path("stages")
        .path("unrecoverable")
        .path("at")
        .isTextual();
  }

  Api.Answer profile(String viewer) {
    return call("profile", "GET", "/v1/profile", viewer);
  }

  /** The items in the history of a profile. */
  static List<String> history(Api.Answer profile) {
    return StreamSupport.stream(
            profile.expect(200).body().path("fields").path("history").spliterator(), false)
        .map(event -> event.path("item").asText())
        .toList();
  }

  private Api.Answer call(String kind, String method, String path, String viewer) {
    var token = token(viewer);
    return tally.patiently(kind, () -> scene.api().viewer(method, path, token).send());
  }

  private Api.Answer call(String kind, String method, String path, String viewer, String body) {
    var token = token(viewer);
    return tally.patiently(kind, () -> scene.api().viewer(method, path, token).json(body).send());
  }

  private String token(String viewer) {
    return tokens.computeIfAbsent(viewer, scene::viewer);
  }
}

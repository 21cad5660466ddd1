package dev.lethe.gateway.app.story;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.gateway.app.FailedException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The whole story of one viewer, told while it happens. */
public final class Demo {
  private static final int LIKED = 3;

  private final Stage stage;
  private final Optional<Path> data;
  private final PrintStream out;

  /**
   * @param data an empty or missing folder to keep; without one a temporary folder is used
   */
  public Demo(Stage stage, Optional<Path> data) {
    this.stage = stage;
    this.data = data;
    this.out = stage.out();
  }

  /**
   * Plays it.
   *
   * @return true; what does not happen as told ends it with a {@link FailedException}
   */
  public boolean play() {
    stage.err().println("Starting a fresh instance…");
    try (var scene = stage.open(data)) {
      var token = scene.viewer("ada");
      var stranger = stranger(scene, token);
      watch(scene, token);
      consent(scene, token);
      withdraw(scene, token, stranger);
      accessLog(scene, token);
      prove(scene, erase(scene, token));
    }
    out.println();
    out.println("That is the whole story.");
    return true;
  }

  private JsonNode stranger(Scene scene, String token) {
    chapter("A stranger asks for a ranking");
    var ranking = rank(scene, token, false);
    titles(ranking);
    expect("none", ranking);
    out.println("  Nobody agreed to anything, so this is the order that everybody gets.");
    return ranking;
  }

  private void watch(Scene scene, String token) {
    chapter("She watches, and says what she likes");
    var liked = liked(scene, token);
    var events =
        liked.stream()
            .map(title -> "{\"item\":\"" + title.path("id").asText() + "\",\"rating\":5}")
            .collect(Collectors.joining(",", "{\"events\":[", "]}"));
    scene.api().viewer("POST", "/v1/profile/history/events", token).json(events).send().expect(200);
    liked.forEach(title -> out.println("  watched " + title.path("title").asText()));
    expect("none", rank(scene, token, false));
    out.println("  It is stored, sealed. It is not used: she has not agreed yet.");
  }

  private static List<JsonNode> liked(Scene scene, String token) {
    var listed = scene.api().viewer("GET", "/v1/titles?limit=100", token).send().expect(200).body();
    var all = new ArrayList<JsonNode>();
    listed.path("titles").forEach(all::add);
    if (all.isEmpty()) {
      throw new FailedException("the catalogue is empty");
    }
    // The genre of the least popular one, so that the effect on the ranking shows.
    var genre = all.get(all.size() - 1).path("genres").path(0);
    return all.stream()
        .filter(title -> title.path("genres").path(0).equals(genre))
        .limit(LIKED)
        .toList();
  }

  private void consent(Scene scene, String token) {
    chapter("She agrees that her history may be used to rank for her");
    consent(scene, token, "{\"fields\":[\"history\"]}");
    var ranking = rank(scene, token, true);
    titles(ranking);
    expect("full", ranking);
    ranking
        .path("items")
        .path(0)
        .path("because")
        .forEach(
            because ->
                out.printf(
                    "  first because of %s (%.0f %%)%n",
                    because.path("title").asText(because.path("value").asText()),
                    100 * because.path("share").asDouble()));
  }

  private void withdraw(Scene scene, String token, JsonNode stranger) {
    chapter("She changes her mind");
    consent(scene, token, "{\"fields\":[]}");
    var ranking = rank(scene, token, false);
    expect("none", ranking);
    if (!ranking.equals(stranger)) {
      throw new FailedException("the ranking after withdrawing is not the stranger's");
    }
    out.println("  The ranking is, byte for byte in what it says, the stranger's again.");
  }

  private void accessLog(Scene scene, String token) {
    chapter("She looks at who read what");
    Patience.until("access log", () -> !entries(scene, token).isEmpty());
    entries(scene, token)
        .forEach(
            entry ->
                out.printf(
                    "  %s  %s for %s: %s, %s time(s)%n",
                    entry.path("day").asText(),
                    entry.path("reader").asText(),
                    entry.path("purpose").asText(),
                    entry.path("outcome").asText(),
                    entry.path("count").asText()));
  }

  private static JsonNode entries(Scene scene, String token) {
    return scene
        .api()
        .viewer("GET", "/v1/access-log", token)
        .send()
        .expect(200)
        .body()
        .path("entries");
  }

  private String erase(Scene scene, String token) {
    chapter("Forget me");
    var erasure = scene.api().viewer("DELETE", "/v1/profile", token).send().expect(200).body();
    var stages = erasure.path("stages");
    out.println("  inaccessible since " + stages.path("inaccessible").path("at").asText());
    out.println("  receipt " + shortened(stages.path("inaccessible").path("receipt").asText()));
    out.println("  unrecoverable by   " + stages.path("unrecoverable").path("by").asText());
    var refused = scene.api().viewer("GET", "/v1/profile", token).send().expect(401);
    out.println("  Her old token is refused: " + refused.problem());
    return erasure.path("erasureId").asText();
  }

  private void prove(Scene scene, String erasureId) {
    chapter("The keys are rotated, and old copies become noise");
    scene.rotate();
    Patience.until("erasure", () -> unrecoverable(scene, erasureId).path("at").isTextual());
    out.println("  unrecoverable since " + unrecoverable(scene, erasureId).path("at").asText());
    scene
        .api()
        .admin("GET", "/admin/v1/keys", scene.admin())
        .send()
        .expect(200)
        .body()
        .path("epochs")
        .forEach(
            epoch ->
                out.println(
                    "  epoch "
                        + epoch.path("epoch").asText()
                        + ": "
                        + epoch.path("state").asText()));
    out.println("  A backup made before is sealed under a key that no longer exists.");
  }

  private static JsonNode unrecoverable(Scene scene, String erasureId) {
    return scene
        .api()
        .viewer("GET", "/v1/erasures/" + erasureId, scene.viewer("anybody"))
        .send()
        .expect(200)
        .body()
        .path("stages")
        .path("unrecoverable");
  }

  private static JsonNode rank(Scene scene, String token, boolean explain) {
    return scene
        .api()
        .viewer("POST", "/v1/rank", token)
        .json("{\"limit\":5,\"explain\":" + explain + "}")
        .send()
        .expect(200)
        .body();
  }

  private static void consent(Scene scene, String token, String fields) {
    scene
        .api()
        .viewer("PUT", "/v1/consents/personalization", token)
        .json(fields)
        .send()
        .expect(200);
  }

  private static void expect(String personalization, JsonNode ranking) {
    var actual = ranking.path("personalization").asText();
    if (!actual.equals(personalization)) {
      throw new FailedException("personalization is " + actual + ", expected " + personalization);
    }
  }

  private void titles(JsonNode ranking) {
    ranking.path("items").forEach(item -> out.println("  " + item.path("title").asText()));
  }

  private void chapter(String text) {
    out.println();
    out.println(text);
  }

  private static String shortened(String receipt) {
    int shown = 40;
    return receipt.length() <= shown ? receipt : receipt.substring(0, shown) + "…";
  }
}

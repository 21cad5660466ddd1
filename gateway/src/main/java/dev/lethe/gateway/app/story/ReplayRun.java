package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.story.Players.Person;
import dev.lethe.ranker.eval.RankLens.Like;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;

/** One run of a replay: its acts, in order. */
final class ReplayRun {
  private static final int BATCH = 1000;
  private static final int CONSENTING = 2;
  private static final int WITHDRAWING = 20;
  private static final int ERASED = 10;
  private static final int ROTATION_POLL = 64;

  private final Stage stage;
  private final Scene scene;
  private final Crowd crowd;
  private final Players events;
  private final Tally tally;
  private final List<Integer> everybody;
  private final Map<Integer, String> tokens = new ConcurrentHashMap<>();
  private final AtomicInteger personalised = new AtomicInteger();
  private final AtomicInteger intact = new AtomicInteger();
  private final AtomicInteger gone = new AtomicInteger();
  private final Map<Integer, String> erasures = new ConcurrentHashMap<>();

  ReplayRun(Stage stage, Scene scene, Crowd crowd, Players events) {
    this.stage = stage;
    this.scene = scene;
    this.crowd = crowd;
    this.events = events;
    this.tally = new Tally(stage.err());
    this.everybody = IntStream.range(0, events.people().size()).boxed().toList();
  }

  void play() {
    act("titles: " + events.titleCount());
    loadTitles();
    act("likes of " + everybody.size() + " people");
    crowd.each(everybody, number -> tally.guarded(() -> like(number)));
    act("consents");
    forEach(CONSENTING, 0, (number, token) -> consent("consent", token, "\"history\""));
    act("rankings");
    crowd.each(everybody, number -> tally.guarded(() -> rank(number)));
    act("withdrawals");
    forEach(WITHDRAWING, 0, this::withdraw);
    act("erasures");
    forEach(ERASED, ERASED - 1, this::erase);
    act("a rotation, while everybody reads");
    tally.guarded(this::rotateUnderReads);
    act("everybody once more");
    crowd.each(everybody, number -> tally.guarded(() -> readAgain(number)));
  }

  boolean summary() {
    var out = stage.out();
    tally.print(out);
    out.println("requests              " + tally.requests());
    out.println("asked to come again   " + tally.retries());
    out.println("failures              " + tally.failures());
    out.println("people intact         " + intact.get());
    out.println("people gone           " + gone.get());
    out.println("rankings personalised " + personalised.get());
    return tally.failures() == 0;
  }

  private void loadTitles() {
    var admin = scene.admin();
    tally
        .timed(
            "titles",
            () ->
                scene
                    .api()
                    .admin("PUT", "/admin/v1/titles", admin)
                    .body(events.titles(), "application/x-ndjson")
                    .send())
        .expect(200);
  }

  private void like(int number) {
    var likes = person(number).likes();
    for (int from = 0; from < likes.size(); from += BATCH) {
      var body =
          likes.subList(from, Math.min(likes.size(), from + BATCH)).stream()
              .map(like -> "{\"item\":\"" + like.item() + "\",\"at\":\"" + like.at() + "\"}")
              .collect(Collectors.joining(",", "{\"events\":[", "]}"));
      like(number, "likes-from-" + from, body);
    }
  }

  private void like(int number, String name, String body) {
    tally
        .patiently(
            "events",
            () ->
                scene
                    .api()
                    .viewer("POST", "/v1/profile/history/events", token(number))
                    .json(body)
                    .named(name)
                    .send())
        .expect(200);
  }

  private void consent(String kind, String token, String fields) {
    call(kind, "PUT", "/v1/consents/personalization", token, "{\"fields\":[" + fields + "]}")
        .expect(200);
  }

  private void rank(int number) {
    boolean expected = number % CONSENTING == 0 && !person(number).likes().isEmpty();
    for (var shown : person(number).shown()) {
      boolean full = "full".equals(rank(token(number), shown));
      if (full) {
        personalised.incrementAndGet();
      }
      if (full != expected) {
        tally.failed("rank: personalised " + full + ", consent " + expected);
      }
    }
  }

  private String rank(String token, List<String> candidates) {
    var body =
        candidates.stream()
            .map(item -> "\"" + item + "\"")
            .collect(Collectors.joining(",", "{\"candidates\":[", "],\"explain\":false}"));
    return call("rank", "POST", "/v1/rank", token, body)
        .expect(200)
        .body()
        .path("personalization")
        .asText();
  }

  private void withdraw(int number, String token) {
    consent("withdraw", token, "");
    for (var shown : person(number).shown()) {
      if (!"none".equals(rank(token, shown))) {
        tally.failed("rank: personalised after a withdrawal");
      }
    }
  }

  private void erase(int number, String token) {
    var answer = call("erase", "DELETE", "/v1/profile", token);
    boolean nothing = person(number).likes().isEmpty() && number % CONSENTING != 0;
    if (nothing && answer.status() == 404) {
      return;
    }
    erasures.put(number, answer.expect(200).body().path("erasureId").asText());
  }

  private void rotateUnderReads() {
    var admin = scene.admin();
    var id = scene.startRotation(admin);
    var complete = new AtomicBoolean();
    do {
      crowd.each(
          everybody,
          number -> {
            tally.guarded(() -> read(number));
            if (number % ROTATION_POLL == 0 && !complete.get()) {
              tally.guarded(() -> complete.compareAndSet(false, scene.rotationComplete(admin, id)));
            }
          });
    } while (!complete.get());
  }

  private void readAgain(int number) {
    if (!read(number)) {
      return;
    }
    if (!erasures.containsKey(number)) {
      intact.incrementAndGet();
      return;
    }
    gone.incrementAndGet();
    Patience.until("erasure", () -> unrecoverable(number));
  }

  private boolean unrecoverable(int number) {
    return call("erasure", "GET", "/v1/erasures/" + erasures.get(number), token(number))
        .expect(200)
        .body()
        .path("stages")
        .path("unrecoverable")
        .path("at")
        .isTextual();
  }

  /** Whether the person has exactly what they should have. */
  private boolean read(int number) {
    var answer = call("profile", "GET", "/v1/profile", token(number));
    if (erasures.containsKey(number)) {
      boolean refused = answer.status() == 404 || answer.problem().equals("token-revoked");
      if (!refused) {
        tally.failed("profile: readable after an erasure, status " + answer.status());
      }
      return refused;
    }
    var expected = sorted(person(number).likes().stream().map(Like::item).toList());
    if (expected.isEmpty()) {
      answer.expect(404);
      return true;
    }
    var found =
        StreamSupport.stream(
                answer.expect(200).body().path("fields").path("history").spliterator(), false)
            .map(event -> event.path("item").asText())
            .toList();
    boolean same = sorted(found).equals(expected);
    if (!same) {
      tally.failed("profile: " + found.size() + " events, expected " + expected.size());
    }
    return same;
  }

  private static List<String> sorted(List<String> items) {
    return items.stream().sorted().toList();
  }

  private void forEach(int step, int first, BiConsumer<Integer, String> work) {
    var chosen = new ArrayList<Integer>();
    for (int number = first; number < everybody.size(); number += step) {
      chosen.add(number);
    }
    crowd.each(chosen, number -> tally.guarded(() -> work.accept(number, token(number))));
  }

  private Api.Answer call(String kind, String method, String path, String token) {
    return tally.patiently(kind, () -> scene.api().viewer(method, path, token).send());
  }

  private Api.Answer call(String kind, String method, String path, String token, String body) {
    return tally.patiently(kind, () -> scene.api().viewer(method, path, token).json(body).send());
  }

  private Person person(int number) {
    return events.people().get(number);
  }

  private String token(int number) {
    return tokens.computeIfAbsent(number, any -> scene.viewer(person(number).name()));
  }

  private void act(String what) {
    stage.err().println(what + "…");
  }
}

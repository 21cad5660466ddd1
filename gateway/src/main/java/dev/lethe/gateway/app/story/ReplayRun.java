package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.story.Players.Person;
import dev.lethe.ranker.eval.RankLens.Like;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** One run of a replay: its acts, in order. */
final class ReplayRun {
  private static final int CONSENTING = 2;
  private static final int WITHDRAWING = 20;
  private static final int ERASED = 10;
  private static final int ROTATION_POLL = 64;

  private final Stage stage;
  private final Scene scene;
  private final Crowd crowd;
  private final Players events;
  private final Tally tally;
  private final ViewerCalls viewers;
  private final List<Integer> everybody;
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
    this.viewers = new ViewerCalls(scene, tally);
    this.everybody = IntStream.range(0, events.people().size()).boxed().toList();
  }

  void play() {
    act("titles: " + events.titleCount());
    loadTitles();
    act("likes of " + everybody.size() + " people");
    forAll(number -> viewers.like(name(number), person(number).likes()));
    act("consents");
    forEach(CONSENTING, 0, number -> viewers.consent(name(number)));
    act("rankings");
    forAll(this::rank);
    act("withdrawals");
    forEach(WITHDRAWING, 0, this::withdraw);
    act("erasures");
    forEach(ERASED, ERASED - 1, this::erase);
    act("a rotation, while everybody reads");
    tally.guarded(this::rotateUnderReads);
    act("everybody once more");
    forAll(this::readAgain);
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

  private void rank(int number) {
    boolean expected = number % CONSENTING == 0 && !person(number).likes().isEmpty();
    for (var shown : person(number).shown()) {
      boolean full = "full".equals(viewers.rank(name(number), shown));
      if (full) {
        personalised.incrementAndGet();
      }
      if (full != expected) {
        tally.failed("rank: personalised " + full + ", consent " + expected);
      }
    }
  }

  private void withdraw(int number) {
    viewers.withdraw(name(number));
    for (var shown : person(number).shown()) {
      if (!"none".equals(viewers.rank(name(number), shown))) {
        tally.failed("rank: personalised after a withdrawal");
      }
    }
  }

  private void erase(int number) {
    var answer = viewers.erase(name(number));
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
    var erasure = erasures.get(number);
    if (erasure == null) {
      intact.incrementAndGet();
      return;
    }
    gone.incrementAndGet();
    Patience.until("erasure", () -> viewers.unrecoverable(name(number), erasure));
  }

  /** Whether the person has exactly what they should have. */
  private boolean read(int number) {
    var answer = viewers.profile(name(number));
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
    var found = ViewerCalls.history(answer);
    boolean same = sorted(found).equals(expected);
    if (!same) {
      tally.failed("profile: " + found.size() + " events, expected " + expected.size());
    }
    return same;
  }

  private static List<String> sorted(List<String> items) {
    return items.stream().sorted().toList();
  }

  private void forAll(IntConsumer work) {
    forEach(1, 0, work);
  }

  private void forEach(int step, int first, IntConsumer work) {
    var chosen = new ArrayList<Integer>();
    for (int number = first; number < everybody.size(); number += step) {
      chosen.add(number);
    }
    crowd.each(chosen, number -> tally.guarded(() -> work.accept(number)));
  }

  private Person person(int number) {
    return events.people().get(number);
  }

  private String name(int number) {
    return person(number).name();
  }

  private void act(String what) {
    stage.err().println(what + "…");
  }
}

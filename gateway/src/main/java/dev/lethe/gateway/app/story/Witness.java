package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.FailedException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Somebody who writes, agrees, withdraws and sometimes asks to be forgotten, and remembers what was
 * acknowledged. What got no answer may or may not have happened. Used by one thread at a time.
 */
final class Witness {
  private static final int ACTS = 400;
  private static final int ERASE_ONE_IN = 40;
  private static final int CONSENT_ONE_IN = 5;

  private enum Erasure {
    NONE,
    PERHAPS,
    ACKNOWLEDGED
  }

  private final String token;
  private final Random random;
  private final List<String> kept = new ArrayList<>();
  private final List<String> perhaps = new ArrayList<>();
  private final List<String> losses = new ArrayList<>();
  private final Set<Boolean> consents = new HashSet<>(Set.of(false));
  private Erasure erasure = Erasure.NONE;
  private long acknowledged;
  private int number;

  Witness(String token, long seed) {
    this.token = token;
    this.random = new Random(seed);
  }

  long acknowledged() {
    return acknowledged;
  }

  /** What was acknowledged and turned out not to be so, since the last start. */
  List<String> losses() {
    return losses;
  }

  /**
   * Acts until something is over or the instance does not answer.
   *
   * @param allAcknowledged counts for everybody
   */
  void act(Api api, AtomicBoolean over, AtomicLong allAcknowledged) {
    for (int i = 0; i < ACTS && !over.get() && erasure == Erasure.NONE; i++) {
      long before = acknowledged;
      try {
        if (random.nextInt(ERASE_ONE_IN) == 0) {
          erase(api);
        } else if (random.nextInt(CONSENT_ONE_IN) == 0) {
          consent(api, random.nextBoolean());
        } else {
          write(api);
        }
        allAcknowledged.addAndGet(acknowledged - before);
      } catch (FailedException noAnswer) {
        // A crash on the way: what was asked for is in doubt, and already noted as such.
        return;
      }
    }
  }

  private void write(Api api) {
    String item = "c-" + number++;
    perhaps.add(item);
    var answer =
        api.viewer("POST", "/v1/profile/history/events", token)
            .json("{\"events\":[{\"item\":\"" + item + "\"}]}")
            .send();
    if (answer.status() == 200) {
      perhaps.remove(item);
      kept.add(item);
      acknowledged++;
    }
  }

  private void consent(Api api, boolean agreed) {
    consents.add(agreed);
    var answer =
        api.viewer("PUT", "/v1/consents/personalization", token)
            .json("{\"fields\":[" + (agreed ? "\"history\"" : "") + "]}")
            .send();
    if (answer.status() == 200) {
      consents.clear();
      consents.add(agreed);
      acknowledged++;
    }
  }

  private void erase(Api api) {
    if (kept.isEmpty()) {
      return;
    }
    erasure = Erasure.PERHAPS;
    if (api.viewer("DELETE", "/v1/profile", token).send().status() == 200) {
      erasure = Erasure.ACKNOWLEDGED;
      acknowledged++;
    }
  }

  /** Compares what is there with what was acknowledged. */
  void check(Api api) {
    losses.clear();
    try {
      var profile = api.viewer("GET", "/v1/profile", token).send();
      boolean gone = profile.status() == 404 || profile.problem().equals("token-revoked");
      if (erasure == Erasure.PERHAPS) {
        erasure = gone ? Erasure.ACKNOWLEDGED : Erasure.NONE;
      }
      if (erasure == Erasure.ACKNOWLEDGED) {
        if (!gone) {
          losses.add("an erasure, status " + profile.status());
        }
      } else {
        checkEvents(gone ? Set.of() : events(profile.expect(200)));
        checkConsent(api);
      }
    } catch (FailedException e) {
      losses.add(String.valueOf(e.getMessage()));
    }
  }

  private static Set<String> events(Api.Answer profile) {
    var events = new TreeSet<String>();
    profile
        .body()
        .path("fields")
        .path("history")
        .forEach(event -> events.add(event.path("item").asText()));
    return events;
  }

  private void checkEvents(Set<String> stored) {
    if (!stored.containsAll(kept)) {
      losses.add("an event");
    }
    var invented = new TreeSet<>(stored);
    kept.forEach(invented::remove);
    perhaps.forEach(invented::remove);
    if (!invented.isEmpty()) {
      losses.add("an event that nobody sent");
    }
    // From now on it is known what happened to what had got no answer.
    kept.clear();
    kept.addAll(stored);
    perhaps.clear();
  }

  private void checkConsent(Api api) {
    boolean agreed =
        !api.viewer("GET", "/v1/consents", token)
            .send()
            .expect(200)
            .body()
            .path("purposes")
            .path("personalization")
            .path("fields")
            .isEmpty();
    if (!consents.contains(agreed)) {
      losses.add("a consent or its withdrawal");
    }
    consents.clear();
    consents.add(agreed);
  }
}

package dev.lethe.gateway.auth;

import io.vertx.core.Future;
import java.security.Provider;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of one issuer, kept fresh. The last good set stays when its source fails. At most one
 * load runs at a time, and everybody who wants one meanwhile waits for that.
 */
final class KeyRing {
  private static final Logger LOG = LoggerFactory.getLogger(KeyRing.class);

  private final KeyLoad load;
  private final Provider provider;
  private final Duration leastPause;
  private final Duration greatestAge;
  private final Clock clock;
  private volatile Optional<KeySet> keys = Optional.empty();
  private Optional<Future<Void>> running = Optional.empty();
  private Instant lastStart = Instant.MIN;

  /**
   * @param provider checks signatures by the keys
   * @param leastPause between two loads
   * @param greatestAge after which keys are loaded again unasked
   */
  KeyRing(KeyLoad load, Provider provider, Duration leastPause, Duration greatestAge, Clock clock) {
    this.load = load;
    this.provider = provider;
    this.leastPause = leastPause;
    this.greatestAge = greatestAge;
    this.clock = clock;
  }

  Optional<KeySet> keys() {
    return keys;
  }

  /** Loads again if the last load is long enough ago. Never fails. */
  Future<Void> refresh() {
    return loadUnlessWithin(leastPause);
  }

  /** Loads again if the keys are old. Never fails. */
  Future<Void> refreshIfOld() {
    return loadUnlessWithin(keys.isPresent() ? greatestAge : leastPause);
  }

  private synchronized Future<Void> loadUnlessWithin(Duration pause) {
    if (running.isPresent()) {
      return running.get();
    }
    Instant now = clock.instant();
    if (!lastStart.equals(Instant.MIN) && now.isBefore(lastStart.plus(pause))) {
      return Future.succeededFuture();
    }
    lastStart = now;
    Future<Void> loading =
        load.load()
            .map(
                text -> {
                  text.ifPresent(this::replace);
                  return (Void) null;
                })
            .recover(
                failure -> {
                  LOG.warn("keys of an issuer not loaded: {}", failure.getClass().getSimpleName());
                  return Future.succeededFuture();
                });
    running = loading.isComplete() ? Optional.empty() : Optional.of(loading);
    loading.onComplete(done -> finished());
    return loading;
  }

  private synchronized void finished() {
    running = Optional.empty();
  }

  private void replace(String jwkSet) {
    try {
      keys = Optional.of(KeySet.parse(jwkSet, provider));
    } catch (ParseException malformed) {
      LOG.warn("keys of an issuer are not a JWK set; the former ones stay");
    }
  }
}

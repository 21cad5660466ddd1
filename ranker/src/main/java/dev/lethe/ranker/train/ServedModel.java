package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.model.Taught;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What is served of what was learned, and its copy for the next start. Of the latest training
 * alone, and of none that began more than {@link #MOST} ago: so whoever was promised to be out
 * within a day is, whatever befalls the trainings after it. Confined to one worker.
 */
final class ServedModel {
  /** Less than the day that the vault promises. */
  static final Duration MOST = Duration.ofHours(23);

  private final Models models;
  private final ModelFile file;
  private final int minPeople;
  private final Clock clock;

  private long number;
  private Instant begun = Instant.EPOCH;
  private Optional<Taught> served = Optional.empty();
  private boolean written;

  /**
   * @param minPeople nothing may be served that fewer share
   */
  ServedModel(Models models, ModelFile file, int minPeople, Clock clock) {
    this.models = models;
    this.file = file;
    this.minPeople = minPeople;
    this.clock = clock;
  }

  /** Serves what was written before the last stop; answers the number of its training, or 0. */
  long open() throws IOException {
    file.read()
        .filter(model -> model.minPeople() >= minPeople)
        .ifPresent(
            model -> {
              begun = model.begun();
              served = Optional.of(model.taught());
              expire();
              number = served.isPresent() ? model.number() : 0;
            });
    written = served.isPresent();
    models.serveAgreed(served);
    return number;
  }

  /**
   * Takes the copy away: after a crash nobody must come back who is being forgotten.
   *
   * @param training that they are forgotten in
   */
  void withdraw(long training) throws IOException {
    if (training >= number) {
      file.delete();
      written = false;
    }
  }

  /** Serves what a training taught, unless that of a later one is served. */
  void serve(long training, Instant since, Optional<Taught> taught) {
    if (training >= number) {
      number = training;
      begun = since;
      served = taught;
      written = false;
      expire();
      models.serveAgreed(served);
    }
  }

  /** Ends what is too old, and writes the copy if it is not what is served. */
  void keep() throws IOException {
    expire();
    models.serveAgreed(served);
    if (served.isEmpty()) {
      file.delete();
    } else if (!written || file.isOld()) {
      file.write(new StoredModel(number, begun, minPeople, served.get()));
    }
    written = true;
  }

  /** What began later than now began by a clock that was wrong. */
  private void expire() {
    var now = clock.instant();
    if (begun.isAfter(now) || !now.isBefore(begun.plus(MOST))) {
      served = Optional.empty();
    }
  }
}

package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Exposure;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.Place;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.subject.Places;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Counts whom a compromised epoch exposes. */
public final class Exposures {
  private static final int TOGETHER = 64;

  private final Vertx vertx;
  private final Keystore keystore;
  private final Ledger ledger;
  private final SubjectStore store;
  private final Places places;
  private final ServingLatency serving;
  private final Clock clock;

  public Exposures(
      Vertx vertx,
      Keystore keystore,
      Ledger ledger,
      SubjectStore store,
      Places places,
      ServingLatency serving,
      Clock clock) {
    this.vertx = vertx;
    this.keystore = keystore;
    this.ledger = ledger;
    this.store = store;
    this.places = places;
    this.serving = serving;
    this.clock = clock;
  }

  /** Goes through everybody once. Takes time in their number. */
  public Future<Outcome<Exposure>> count(VaultRequest.CountExposure request) {
    var epoch = epoch(request.epoch());
    if (epoch.isEmpty()) {
      return Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
    }
    if (!meets(epoch.get(), request.from(), request.to())) {
      return Future.succeededFuture(Outcome.done(new Exposure(0, Map.of(), 0)));
    }
    var tally = new Tally(person -> !ledger.index().everWithheld(person).isEmpty());
    var gate =
        (Pass.Gate)
            rest ->
                clock.instant().isBefore(request.deadline())
                    ? Pass.rest(vertx, rest)
                    : Future.failedFuture(new IllegalStateException("nobody waits any more"));
    return new Pass(
            store,
            gate,
            new Pace(serving, System::nanoTime),
            TOGETHER,
            people -> look(people, request, tally))
        .run()
        .map(done -> Outcome.done(tally.exposure(erased(request))));
  }

  private Optional<EpochInfo> epoch(int number) {
    return keystore.ring().epochs().stream().filter(info -> info.number() == number).findFirst();
  }

  /** Whether the epoch lived within a span of time. */
  private static boolean meets(EpochInfo epoch, Instant from, Instant to) {
    return epoch.createdAt().isBefore(to)
        && epoch.destroyedAt().map(at -> at.isAfter(from)).orElse(true);
  }

  private Future<Void> look(List<Place> people, VaultRequest.CountExposure request, Tally tally) {
    var looks =
        people.stream()
            .map(
                place ->
                    places
                        .exposed(place, request.epoch(), request.purpose())
                        .recover(Exposures::countedWithoutFields)
                        .onSuccess(exposed -> exposed.ifPresent(of -> tally.add(place, of))))
            .toList();
    return Future.all(looks).mapEmpty();
  }

  /** Whose grants do not open here may have opened to somebody else. */
  private static Future<Optional<Set<Field>>> countedWithoutFields(Throwable failure) {
    return failure instanceof UnreadableException
        ? Future.succeededFuture(Optional.of(Set.of()))
        : Future.failedFuture(failure);
  }

  private long erased(VaultRequest.CountExposure request) {
    return ledger.index().erasedUnder(request.epoch(), request.from());
  }

  /** Counts people. Of somebody who may be met at several places, what was seen is remembered. */
  private static final class Tally {
    private final Predicate<String> atSeveralPlaces;
    private final Map<String, Set<Field>> seen = new HashMap<>();
    private final Map<Field, Long> fields = new EnumMap<>(Field.class);
    private long people;

    private Tally(Predicate<String> atSeveralPlaces) {
      this.atSeveralPlaces = atSeveralPlaces;
    }

    private void add(Place place, Set<Field> exposed) {
      if (!atSeveralPlaces.test(place.pseudonym())) {
        count(exposed);
        return;
      }
      seen.computeIfAbsent(place.pseudonym(), first -> EnumSet.noneOf(Field.class)).addAll(exposed);
    }

    private void count(Set<Field> exposed) {
      people++;
      exposed.forEach(field -> fields.merge(field, 1L, Long::sum));
    }

    private Exposure exposure(long erased) {
      seen.values().forEach(this::count);
      return new Exposure(people, fields, erased);
    }
  }
}

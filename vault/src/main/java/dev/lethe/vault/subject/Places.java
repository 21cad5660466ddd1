package dev.lethe.vault.subject;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.redis.Place;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** What a pass over the store does at every place, whether people live there or are put aside. */
public record Places(LiveSubjects live, HeldSubjects held, LedgerIndex ledger) {

  /**
   * Where people are or may be put aside, and where they stood before. Somebody who is put aside in
   * the middle of a pass may be missed by it at both places.
   */
  public List<Place> moving() {
    return ledger.putAside().stream()
        .flatMap(
            record ->
                Stream.of(
                    Place.of(record.pseudonym()), Place.held(record.pseudonym(), record.life())))
        .distinct()
        .toList();
  }

  /**
   * Brings the grants of a place under the active epoch.
   *
   * @param rekey whether what is stored is sealed under new field keys as well
   * @return whether it stands there now; false when the race was lost
   */
  public Future<Boolean> reseal(Place place, boolean rekey) {
    return Future.succeededFuture(place)
        .compose(
            where ->
                where.heldLife().isPresent()
                    ? held.reseal(where, rekey)
                    : live.reseal(where.pseudonym(), rekey));
  }

  /**
   * Opens every grant of a place, and shows none to anybody.
   *
   * @return fails with {@code UnreadableException} when one does not open
   */
  public Future<Void> opens(Place place) {
    return place.heldLife().isPresent() ? held.opens(place) : live.opens(place.pseudonym());
  }

  /**
   * What the keys of an epoch for a purpose could open of a place; empty when nobody stood there
   * under it.
   */
  public Future<Optional<Set<Field>>> exposed(Place place, int epoch, Purpose purpose) {
    return place.heldLife().isPresent()
        ? held.exposed(place, epoch, purpose)
        : live.exposed(place.pseudonym(), epoch, purpose);
  }
}

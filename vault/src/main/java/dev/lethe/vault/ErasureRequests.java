package dev.lethe.vault;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.erasure.Erasures;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Erasing a person, on the condition that the profile is the one that the caller has seen. Only
 * grants say which version that is, and Redis compares the version of the whole: so the condition
 * is looked at again when anything else of the person has changed meanwhile.
 */
final class ErasureRequests {
  /** Nobody is ever at this version: it erases nothing, and shows what was erased already. */
  private static final long NEVER = -1;

  private static final int MAX_RACES = 8;

  private final Subjects subjects;
  private final Erasures erasures;

  ErasureRequests(Subjects subjects, Erasures erasures) {
    this.subjects = subjects;
    this.erasures = erasures;
  }

  Future<Outcome<Erasure>> erase(VaultRequest.Erase request) {
    if (!subjects.now().isBefore(request.deadline())) {
      // It has waited for others for too long: nobody hears the answer.
      return Future.succeededFuture(Outcome.refused(Refusal.UNAVAILABLE));
    }
    return request.ifMatch().isEmpty()
        ? erasures.erase(request.caller(), request.actor(), OptionalLong.empty())
        : eraseAt(request, request.ifMatch().getAsLong(), MAX_RACES);
  }

  private Future<Outcome<Erasure>> eraseAt(VaultRequest.Erase request, long seen, int races) {
    return version(request.caller(), seen)
        .compose(
            version -> {
              if (version instanceof Outcome.Refused<Long> refused) {
                return Future.succeededFuture(Outcome.refused(refused.reason()));
              }
              var only = OptionalLong.of(((Outcome.Done<Long>) version).value());
              return erasures
                  .erase(request.caller(), request.actor(), only)
                  .compose(
                      outcome ->
                          lost(outcome) && races > 1
                              ? eraseAt(request, seen, races - 1)
                              : Future.succeededFuture(outcome));
            });
  }

  private static boolean lost(Outcome<Erasure> outcome) {
    return outcome instanceof Outcome.Refused<Erasure> refused
        && refused.reason() == Refusal.STALE_VERSION;
  }

  /** The version of the whole at which the profile is the one seen. */
  private Future<Outcome<Long>> version(Caller caller, long seen) {
    return subjects
        .read(caller, found -> version(found, seen))
        .map(
            outcome ->
                outcome instanceof Outcome.Refused<Long> refused
                        && refused.reason() == Refusal.TOKEN_REVOKED
                    ? Outcome.done(NEVER)
                    : outcome);
  }

  private static Outcome<Long> version(Optional<OpenSubject> found, long seen) {
    if (found.isEmpty()) {
      return Outcome.done(NEVER);
    }
    return found.get().profileVersion() == seen
        ? Outcome.done(found.get().version())
        : Outcome.refused(Refusal.STALE_VERSION);
  }
}

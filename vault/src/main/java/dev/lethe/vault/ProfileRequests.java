package dev.lethe.vault;

import dev.lethe.vault.access.Access;
import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.subject.Step;
import dev.lethe.vault.subject.Step.Reduction;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** The owner's view of a profile, and its changes. */
final class ProfileRequests {
  private final Subjects subjects;
  private final AccessLog accessLog;

  ProfileRequests(Subjects subjects, AccessLog accessLog) {
    this.subjects = subjects;
    this.accessLog = accessLog;
  }

  Future<Outcome<ProfileView>> read(VaultRequest.ReadProfile request) {
    return subjects.read(
        request.caller(),
        found ->
            found
                .flatMap(subject -> view(subject, "owner"))
                .map(Outcome::done)
                .orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND)));
  }

  /**
   * Empty when no field holds data.
   *
   * @param reader as the access log names it
   */
  Optional<ProfileView> view(OpenSubject subject, String reader) {
    var profile = subject.profile(subjects.retention(subject.subject()), subjects.now());
    if (profile.fieldsWithData().isEmpty()) {
      return Optional.empty();
    }
    accessLog.record(
        subject, reader, Purpose.SELF, profile.fieldsWithData(), Access.Outcome.DISCLOSED);
    return Optional.of(new ProfileView(profile, subject.profileVersion(), subject.updatedAt()));
  }

  Future<Outcome<Long>> put(VaultRequest.PutDocument request) {
    return subjects.revise(
        request.caller(),
        (subject, version) ->
            refusal(subject, request.ifMatch())
                .<Step<Long>>map(Step.Refuse::new)
                .orElseGet(
                    () ->
                        Step.Commit.of(
                            subjects.revision(subject, version).put(request.document()), version)));
  }

  Future<Outcome<Integer>> append(VaultRequest.AppendEvents request) {
    var accepted = request.events().size();
    var retry =
        request
            .idempotency()
            .map(
                idempotency ->
                    new Step.Retry<>(
                        request.field().wireName(),
                        idempotency,
                        Integer.toString(accepted),
                        Integer::valueOf));
    return subjects.revise(
        request.caller(),
        (subject, version) ->
            refusal(subject, request.ifMatch())
                .<Step<Integer>>map(Step.Refuse::new)
                .orElseGet(
                    () ->
                        new Step.Commit<>(
                            subjects
                                .revision(subject, version)
                                .append(request.field(), request.events()),
                            accepted,
                            Optional.empty(),
                            retry)));
  }

  /** Why nothing may be added. */
  private Optional<Refusal> refusal(OpenSubject subject, OptionalLong ifMatch) {
    if (subjects.isRestricted(subject.subject())) {
      return Optional.of(Refusal.RESTRICTED);
    }
    return stale(subject, ifMatch) ? Optional.of(Refusal.STALE_VERSION) : Optional.empty();
  }

  Future<Outcome<Integer>> forget(VaultRequest.Forget request) {
    return subjects.revise(
        request.caller(),
        (subject, version) -> {
          if (stale(subject, request.ifMatch())) {
            return new Step.Refuse<>(Refusal.STALE_VERSION);
          }
          var revision = subjects.revision(subject, version);
          int removed = revision.forget(request.field(), request.filter());
          if (subject.begins()) {
            return new Step.Answer<>(removed);
          }
          // Also when nothing is found: a store that was given up may know more.
          Reduction forgetting = new Reduction.Forgetting(request.field(), request.filter());
          return new Step.Commit<>(revision, removed, Optional.of(forgetting), Optional.empty());
        });
  }

  Future<Outcome<Long>> rekey(VaultRequest.Rekey request) {
    var rekeyed = new AtomicReference<OpenSubject>();
    return subjects
        .<Long>revise(
            request.caller(),
            (subject, version) -> {
              if (subject.version() == 0 || subject.storedFields().isEmpty()) {
                return new Step.Refuse<>(Refusal.NOT_FOUND);
              }
              rekeyed.set(subject);
              return Step.Commit.of(subjects.revision(subject, version).rekey(), version);
            })
        .onSuccess(
            outcome -> {
              if (outcome instanceof Outcome.Done<Long>) {
                Optional.ofNullable(rekeyed.get()).ifPresent(this::recordRekey);
              }
            });
  }

  /** Once for each rekeying: a lost race is no second one. */
  private void recordRekey(OpenSubject subject) {
    accessLog.record(
        subject,
        "admin",
        Purpose.SELF,
        Set.<Field>copyOf(subject.storedFields()),
        Access.Outcome.DISCLOSED);
  }

  private static boolean stale(OpenSubject subject, OptionalLong ifMatch) {
    return ifMatch.isPresent() && ifMatch.getAsLong() != subject.profileVersion();
  }
}

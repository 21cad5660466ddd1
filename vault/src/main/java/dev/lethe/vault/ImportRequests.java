package dev.lethe.vault;

import dev.lethe.vault.access.Access;
import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.PersonImport.Result;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ConsentTerms;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.subject.Step;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Brings existing profiles in.
 *
 * <p>Kept true: what a person has done here weighs more than what is brought along. Who was erased
 * stays so, a decision taken here is not decided over, and a document written here is not replaced,
 * unless that was asked for in so many words.
 */
final class ImportRequests {
  private static final String ROUTE = "import";

  private final Subjects subjects;
  private final AccessLog accessLog;
  private final ConsentTerms terms;

  /**
   * @param terms under which consents are brought along
   */
  ImportRequests(Subjects subjects, AccessLog accessLog, ConsentTerms terms) {
    this.subjects = subjects;
    this.accessLog = accessLog;
    this.terms = terms;
  }

  Future<Outcome<Result>> importPerson(VaultRequest.ImportSubject request) {
    var retry =
        new Step.Retry<>(
            ROUTE, request.idempotency(), Result.IMPORTED.name(), stored -> Result.REPEATED);
    var written = new AtomicReference<OpenSubject>();
    return subjects
        .<Result>revise(
            request.caller(),
            (subject, version) -> {
              written.set(subject);
              return plan(request, subject, version, retry);
            })
        .compose(outcome -> told(outcome, request, retry))
        .onSuccess(
            outcome -> {
              // Not before it is stored: only then is the key of the access log the person's.
              if (outcome instanceof Outcome.Done<Result> done && done.value() == Result.IMPORTED) {
                Optional.ofNullable(written.get())
                    .ifPresent(subject -> record(subject, request.person()));
              }
            });
  }

  private void record(OpenSubject subject, PersonImport person) {
    accessLog.record(
        subject, "admin", Purpose.SELF, person.fieldsWithData(), Access.Outcome.DISCLOSED);
  }

  private Step<Result> plan(
      VaultRequest.ImportSubject request,
      OpenSubject subject,
      long version,
      Step.Retry<Result> retry) {
    boolean unwritten = subject.profileVersion() == 0 && subject.consents().version() == 0;
    if (unwritten && subject.subject().life() > 1 && !request.afterErasure()) {
      return new Step.Answer<>(Result.ERASED);
    }
    if (!unwritten && !request.append()) {
      return new Step.Answer<>(Result.EXISTS);
    }
    if (subjects.isRestricted(subject.subject())) {
      return new Step.Answer<>(Result.RESTRICTED);
    }
    var revision = subjects.revision(subject, version);
    apply(revision, subject, request.person());
    return new Step.Commit<>(revision, Result.IMPORTED, Optional.empty(), Optional.of(retry));
  }

  private void apply(Revision revision, OpenSubject subject, PersonImport person) {
    append(revision, Field.HISTORY, person.history());
    append(revision, Field.SEARCHES, person.searches());
    var stored = EnumSet.noneOf(Field.class);
    stored.addAll(subject.storedFields());
    person.documents().stream()
        .filter(document -> !stored.contains(document.field()))
        .forEach(revision::put);
    Instant now = subjects.now();
    person
        .consents()
        .forEach(
            (purpose, given) -> {
              if (!subject.consents().decisions().containsKey(purpose)) {
                revision.decide(purpose, given.fields(), given.at().orElse(now), terms);
              }
            });
  }

  private static void append(Revision revision, Field field, List<Event> events) {
    if (!events.isEmpty()) {
      revision.append(field, events);
    }
  }

  /** Whom an earlier try of the same import brought in is not somebody who was there before. */
  private Future<Outcome<Result>> told(
      Outcome<Result> outcome, VaultRequest.ImportSubject request, Step.Retry<Result> retry) {
    if (!(outcome instanceof Outcome.Done<Result> done) || done.value() != Result.EXISTS) {
      return Future.succeededFuture(outcome);
    }
    return subjects.follow(
        request.caller(),
        found ->
            found
                .map(subject -> subjects.remembers(subject.subject(), retry))
                .orElseGet(() -> Future.succeededFuture(false))
                .map(before -> Outcome.done(before ? Result.REPEATED : Result.EXISTS)));
  }
}

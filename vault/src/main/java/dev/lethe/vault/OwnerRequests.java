package dev.lethe.vault;

import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.subject.Failures;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;

/** What else an owner may ask: who read what, and everything at once. */
final class OwnerRequests {
  private final Subjects subjects;
  private final AccessLog accessLog;
  private final ProfileRequests profile;
  private final ConsentRequests consents;

  OwnerRequests(Subjects subjects, AccessLog accessLog, ProfileRequests profile, ConsentRequests consents) {
    this.subjects = subjects;
    this.accessLog = accessLog;
    this.profile = profile;
    this.consents = consents;
  }

  Future<Outcome<List<AccessLogEntry>>> accessLog(VaultRequest.ReadAccessLog request) {
    return withSubject(request, this::entries);
  }

  Future<Outcome<Export>> export(VaultRequest.ReadExport request) {
    return withSubject(
        request,
        found -> {
          var view = found.flatMap(profile::view);
          return entries(found)
              .map(
                  entries ->
                      new Export(
                          view,
                          found.map(OpenSubject::consents).orElse(ConsentRecord.NONE).toConsents(),
                          found.map(consents::receipts).orElse(List.of()),
                          entries,
                          subjects.retention()));
        });
  }

  Future<Outcome<Boolean>> checkToken(VaultRequest.CheckToken request) {
    return subjects.read(request.caller(), found -> Outcome.done(true));
  }

  private Future<List<AccessLogEntry>> entries(Optional<OpenSubject> found) {
    return found.map(accessLog::read).orElseGet(() -> Future.succeededFuture(List.of()));
  }

  private interface View<T> {
    Future<T> of(Optional<OpenSubject> found);
  }

  private <T> Future<Outcome<T>> withSubject(VaultRequest.OfSubject request, View<T> view) {
    return subjects
        .<Future<T>>read(
            request.caller(), found -> Outcome.done(Future.<Void>succeededFuture().compose(start -> view.of(found))))
        .compose(
            outcome ->
                outcome instanceof Outcome.Done<Future<T>> done
                    ? done.value().map(Outcome::done)
                    : Future.succeededFuture(Outcome.refused(((Outcome.Refused<Future<T>>) outcome).reason())))
        .recover(Failures::asOutcome);
  }
}

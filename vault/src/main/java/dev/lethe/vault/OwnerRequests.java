package dev.lethe.vault;

import dev.lethe.vault.access.AccessLog;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.redis.Place;
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
  private final String controller;

  OwnerRequests(
      Subjects subjects,
      AccessLog accessLog,
      ProfileRequests profile,
      ConsentRequests consents,
      String controller) {
    this.subjects = subjects;
    this.accessLog = accessLog;
    this.profile = profile;
    this.consents = consents;
    this.controller = controller;
  }

  Future<Outcome<List<AccessLogEntry>>> accessLog(VaultRequest.ReadAccessLog request) {
    return subjects.follow(request.caller(), found -> entries(found).map(Outcome::done));
  }

  Future<Outcome<Export>> export(VaultRequest.ReadExport request) {
    return subjects.follow(
        request.caller(),
        found ->
            found
                .map(subject -> exportTo("owner", subject))
                .orElseGet(
                    () ->
                        Future.succeededFuture(
                            export(Optional.empty(), Optional.empty(), List.of())))
                .map(Outcome::done));
  }

  /** Everything about somebody who lives, shown to a reader whom the access log names. */
  Future<Export> exportTo(String reader, OpenSubject subject) {
    var view = profile.view(subject, reader);
    return accessLog.read(subject).map(entries -> export(Optional.of(subject), view, entries));
  }

  /** Everything that an erasure put aside. */
  Future<Export> exportHeld(ErasureRecord erasure, OpenSubject subject) {
    var everything = subject.profile(RetentionRule.EVERYTHING, subjects.now());
    var view =
        Optional.of(everything)
            .filter(profile -> !profile.fieldsWithData().isEmpty())
            .map(
                profile -> new ProfileView(profile, subject.profileVersion(), subject.updatedAt()));
    return accessLog
        .read(Place.held(erasure.pseudonym(), erasure.life()), subject)
        .map(entries -> export(Optional.of(subject), view, entries));
  }

  private Export export(
      Optional<OpenSubject> found, Optional<ProfileView> view, List<AccessLogEntry> entries) {
    return new Export(
        view,
        found.map(OpenSubject::consents).orElse(ConsentRecord.NONE).toConsents(),
        found.map(consents::receipts).orElse(List.of()),
        entries,
        subjects.retention(),
        controller);
  }

  Future<Outcome<Boolean>> checkToken(VaultRequest.CheckToken request) {
    return subjects.read(request.caller(), found -> Outcome.done(true));
  }

  private Future<List<AccessLogEntry>> entries(Optional<OpenSubject> found) {
    return found.map(accessLog::read).orElseGet(() -> Future.succeededFuture(List.of()));
  }
}

package dev.lethe.vault;

import dev.lethe.vault.api.HeldLife;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.erasure.Holds;
import dev.lethe.vault.ledger.ErasureRecord;
import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import dev.lethe.vault.ledger.LedgerIndex;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.subject.HeldSubjects;
import dev.lethe.vault.subject.Subjects;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Legal holds and restrictions, and what a hold keeps. */
final class StateRequests {
  private final Subjects subjects;
  private final Holds holds;
  private final LedgerIndex ledger;
  private final HeldSubjects held;
  private final OwnerRequests owners;

  StateRequests(
      Subjects subjects, Holds holds, LedgerIndex ledger, HeldSubjects held, OwnerRequests owners) {
    this.subjects = subjects;
    this.holds = holds;
    this.ledger = ledger;
    this.held = held;
    this.owners = owners;
  }

  Future<Outcome<SubjectState>> change(VaultRequest.ChangeState request) {
    return holds.change(
        act(request.change()),
        subjects.pseudonym(request.caller()),
        () -> subjects.read(request.caller(), StateRequests::life),
        request.actor());
  }

  private static Outcome<OptionalLong> life(Optional<OpenSubject> found) {
    return Outcome.done(
        found
            .map(subject -> OptionalLong.of(subject.subject().life()))
            .orElseGet(OptionalLong::empty));
  }

  private static Act act(VaultRequest.StateChange change) {
    return switch (change) {
      case HOLD -> Act.HOLD;
      case RELEASE -> Act.RELEASE;
      case RESTRICT -> Act.RESTRICT;
      case UNRESTRICT -> Act.UNRESTRICT;
    };
  }

  Future<Outcome<List<HeldLife>>> held(VaultRequest.ReadHeld request) {
    var pseudonym = subjects.pseudonym(request.caller());
    if (ledger.hold(pseudonym).isEmpty()) {
      return Future.succeededFuture(Outcome.refused(Refusal.NOT_FOUND));
    }
    // Whoever lives is read first: what is erased meanwhile is then found among the erased.
    return subjects.follow(
        request.caller(),
        found -> living(found).compose(living -> erased(pseudonym, living)).map(Outcome::done));
  }

  private Future<Optional<HeldLife>> living(Optional<OpenSubject> found) {
    return found
        .map(
            subject ->
                owners
                    .exportTo("admin", subject)
                    .map(
                        export ->
                            Optional.of(
                                new HeldLife(subject.subject().life(), Optional.empty(), export))))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<List<HeldLife>> erased(String pseudonym, Optional<HeldLife> living) {
    var lives = new ArrayList<HeldLife>();
    Future<Void> read = Future.succeededFuture();
    for (var erasure : ledger.everWithheld(pseudonym)) {
      if (erasure.held() && ledger.isHeld(erasure)) {
        read = read.compose(before -> erased(erasure, lives));
      }
    }
    return read.map(
        done -> {
          living
              .filter(life -> lives.stream().noneMatch(erased -> erased.life() >= life.life()))
              .ifPresent(lives::add);
          return List.copyOf(lives);
        });
  }

  private Future<Void> erased(ErasureRecord erasure, List<HeldLife> lives) {
    return held.open(erasure)
        .compose(
            found ->
                found
                    .map(
                        subject ->
                            owners
                                .exportHeld(erasure, subject)
                                .map(
                                    export ->
                                        lives.add(
                                            new HeldLife(
                                                subject.subject().life(),
                                                Optional.of(erasure.erasureId()),
                                                export)))
                                .<Void>mapEmpty())
                    .orElseGet(Future::succeededFuture));
  }
}

package dev.lethe.vault;

import dev.lethe.vault.api.ErasurePage;
import dev.lethe.vault.api.NearbyConsumers;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.subject.Failures;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One consumer for each type of request. What is in flight is bounded: beyond that, requests are
 * refused at once and not queued. Erasures have a bound of their own and wait behind it, so that a
 * crowd of them neither fails nor takes the place of anybody else; what is about nobody in
 * particular, such as rotations, keys and health, has one too, and so have entries of the audit
 * log.
 */
final class VaultVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(VaultVerticle.class);
  private static final int MAX_IN_FLIGHT = 1_000;

  /** Erasures write to the ledger and sign: a crowd of them leaves room for everybody else. */
  private static final int ERASURES_IN_FLIGHT = 16;

  private static final int ERASURES_WAITING = 50_000;

  /** Whatever is refused to whom is recorded: a crowd of it waits for the disk in its own queue. */
  private static final int AUDITS_WAITING = 10_000;

  /** Above what the bus may hold back for a consumer, which it would drop silently. */
  private static final int BUS_BUFFER = 100_000;

  private final VaultParts parts;
  private final Admission ordinary = new Admission(MAX_IN_FLIGHT, 0);
  private final Admission administration = new Admission(MAX_IN_FLIGHT, 0);
  private final Admission audits = new Admission(MAX_IN_FLIGHT, AUDITS_WAITING);
  private final Admission erasures = new Admission(ERASURES_IN_FLIGHT, ERASURES_WAITING);

  VaultVerticle(VaultParts parts) {
    this.parts = parts;
  }

  @Override
  public Future<?> start() {
    var profile = parts.profile();
    var consents = parts.consents();
    var owners = parts.owners();
    return Future.all(
        List.of(
            on(VaultRequest.Disclose.class, parts.disclosures()::disclose),
            on(VaultRequest.DiscloseForTraining.class, parts.training()::disclose),
            on(VaultRequest.KeepContributions.class, parts.training()::keep),
            on(VaultRequest.SignRanking.class, ordinary, parts.receipts()::sign),
            on(VaultRequest.ReadProfile.class, profile::read),
            on(VaultRequest.PutDocument.class, profile::put),
            on(VaultRequest.AppendEvents.class, profile::append),
            on(VaultRequest.Forget.class, profile::forget),
            on(VaultRequest.Rekey.class, profile::rekey),
            on(VaultRequest.ReadConsents.class, consents::read),
            on(VaultRequest.PutConsent.class, consents::put),
            on(VaultRequest.ReadAccessLog.class, owners::accessLog),
            on(VaultRequest.ReadExport.class, owners::export),
            on(VaultRequest.ImportSubject.class, parts.imports()::importPerson),
            on(VaultRequest.CheckToken.class, owners::checkToken),
            on(VaultRequest.Erase.class, erasures, parts.erasing()::erase),
            on(VaultRequest.ChangeState.class, parts.states()::change),
            on(VaultRequest.ReadHeld.class, parts.states()::held),
            on(
                VaultRequest.ListErasures.class,
                request -> Future.succeededFuture(Outcome.done(page(request)))),
            on(
                VaultRequest.ReadErasure.class,
                request -> Future.succeededFuture(parts.erasures().find(request.erasureId()))),
            on(
                VaultRequest.StartRotation.class,
                request -> parts.rotations().begin(request.reason(), false)),
            on(
                VaultRequest.ReadRotation.class,
                request -> Future.succeededFuture(parts.rotations().find(request.id()))),
            on(VaultRequest.PauseRotation.class, request -> parts.rotations().pause(request.id())),
            on(
                VaultRequest.ResumeRotation.class,
                request -> parts.rotations().resume(request.id())),
            on(
                VaultRequest.Compromised.class,
                request -> parts.rotations().compromised(request.epoch())),
            on(VaultRequest.CountExposure.class, parts.exposures()::count),
            on(VaultRequest.ReadKeys.class, request -> parts.epochs().keys().map(Outcome::done)),
            on(
                VaultRequest.Audit.class,
                audits,
                request -> parts.audit(request).map(Outcome::done)),
            on(
                VaultRequest.ReadAudit.class,
                request -> parts.audit().page(request.after(), request.limit()).map(Outcome::done)),
            on(
                VaultRequest.VerifyAudit.class,
                request -> parts.audit().verify().map(Outcome::done)),
            on(
                VaultRequest.ReadReceiptKeys.class,
                request -> Future.succeededFuture(Outcome.done(parts.signer().jwks()))),
            on(VaultRequest.ReadHealth.class, request -> parts.health().map(Outcome::done)),
            on(VaultRequest.ReadFigures.class, request -> parts.figures().map(Outcome::done))));
  }

  private ErasurePage page(VaultRequest.ListErasures request) {
    return parts.watch().page(request.state(), request.after(), request.limit());
  }

  private <R extends VaultRequest, T> Future<Void> on(
      Class<R> type, Function<R, Future<Outcome<T>>> handler) {
    boolean ofSubject = VaultRequest.OfSubject.class.isAssignableFrom(type);
    return on(type, ofSubject ? ordinary : administration, handler);
  }

  private <R extends VaultRequest, T> Future<Void> on(
      Class<R> type, Admission admission, Function<R, Future<Outcome<T>>> handler) {
    var options =
        new MessageConsumerOptions()
            .setAddress(VaultRequest.addressOf(type))
            .setLocalOnly(type != VaultRequest.Disclose.class)
            .setMaxBufferedMessages(BUS_BUFFER);
    return NearbyConsumers.consume(
        vertx,
        options,
        (Message<R> message) -> {
          if (!admission.take(() -> handle(message, handler))) {
            message.reply(Outcome.refused(Refusal.UNAVAILABLE));
          }
        });
  }

  private <R extends VaultRequest, T> Future<?> handle(
      Message<R> message, Function<R, Future<Outcome<T>>> handler) {
    long sent = VaultClient.sent(message.headers());
    return Future.succeededFuture(message.body())
        .compose(handler)
        .recover(Failures::asOutcome)
        .onComplete(
            ended -> {
              if (ended.succeeded()) {
                message.reply(ended.result());
              } else {
                // The message of an unexpected failure might quote what it failed on.
                LOG.error(
                    "{} failed",
                    message.body().getClass().getSimpleName(),
                    withoutMessage(ended.cause()));
                message.fail(500, "failed");
              }
              if (isWaitedFor(message.body())) {
                parts.serving().answered(sent);
              }
            });
  }

  /** Erasures wait for their turn on purpose, and behind an import is a file, not a person. */
  private static boolean isWaitedFor(VaultRequest request) {
    return request instanceof VaultRequest.OfSubject
        && !(request instanceof VaultRequest.Erase)
        && !(request instanceof VaultRequest.ImportSubject);
  }

  private static Throwable withoutMessage(Throwable failure) {
    var shown = new IllegalStateException(failure.getClass().getName());
    shown.setStackTrace(failure.getStackTrace());
    return shown;
  }
}

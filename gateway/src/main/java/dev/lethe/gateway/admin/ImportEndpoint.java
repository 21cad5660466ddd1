package dev.lethe.gateway.admin;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.edge.LineFlow;
import dev.lethe.gateway.edge.Received;
import dev.lethe.gateway.http.BodyRule;
import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Exchange;
import dev.lethe.gateway.http.Members;
import dev.lethe.gateway.http.PersonInput;
import dev.lethe.gateway.http.Problem;
import dev.lethe.gateway.http.ProblemException;
import dev.lethe.gateway.http.Reply;
import dev.lethe.gateway.http.Services;
import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings existing profiles in, one person a line. Each line goes to the vault as it arrives and is
 * on no disk before it is sealed. The same file under the same key may be sent again after a break:
 * what is in already is passed over.
 */
final class ImportEndpoint {
  private static final Logger LOG = LoggerFactory.getLogger(ImportEndpoint.class);
  private static final String PATH = "/admin/v1/subjects/import";
  private static final long MAX_BYTES = 1L << 30;

  /** A profile at all its limits has about half of it. */
  private static final int MAX_LINE = 1 << 20;

  private static final int MAX_IN_FLIGHT = 32;
  private static final Duration PATIENCE = Duration.ofHours(1);
  private static final Duration LINE_PATIENCE = Duration.ofSeconds(10);

  private final VaultClient vault;
  private final TokenVerifier tokens;
  private final RetentionRule retention;
  private final Clock clock;
  private final LineFlow flow;

  ImportEndpoint(Vertx vertx, Services services) {
    this.vault = services.vault();
    this.tokens = services.tokens();
    this.retention = services.retention();
    this.clock = services.clock();
    this.flow = new LineFlow(vertx, MAX_BYTES, MAX_LINE, MAX_IN_FLIGHT);
  }

  List<Endpoint> table() {
    return List.of(
        Endpoint.guarded(
                "importSubjects", HttpMethod.POST, PATH, "admin:subjects", this::importSubjects)
            .taking(new BodyRule.Stream(MAX_BYTES, "application/x-ndjson"))
            .asking("existing"));
  }

  /** What holds for all lines of a request. */
  private record Order(String key, boolean append, String traceId) {}

  private Future<Reply> importSubjects(Exchange exchange) {
    var existing = exchange.query().text("existing").orElse("refuse");
    if (!existing.equals("refuse") && !existing.equals("append")) {
      throw Members.fault("existing", "must be refuse or append");
    }
    var order =
        new Order(exchange.requiredIdempotencyKey(), existing.equals("append"), exchange.traceId());
    var tally = new ImportTally();
    var actor = Administrator.name(tokens, exchange.token());
    return flow.read(exchange.arriving(), PATIENCE, line -> take(line, order, tally))
        .transform(
            ended ->
                written(actor, tally)
                    .transform(
                        recorded ->
                            ended.succeeded()
                                ? reply(ended.result(), tally)
                                : Future.failedFuture(ended.cause())));
  }

  private static Future<Reply> reply(Received received, ImportTally tally) {
    if (received instanceof Received.Drained) {
      return Future.succeededFuture(tally.reply());
    }
    Problem problem =
        received instanceof Received.TooLarge
            ? Problem.tooLarge(MAX_BYTES)
            : received instanceof Received.TooSlow
                ? Problem.tooSlow()
                : Problem.syntax("The body is not complete.");
    return Future.failedFuture(problem.asException());
  }

  private Future<Void> take(LineFlow.Line line, Order order, ImportTally tally) {
    tally.line();
    if (line.text().isEmpty()) {
      tally.refused(line.number(), "the line is longer than " + MAX_LINE + " bytes");
      return Future.succeededFuture();
    }
    try {
      var person = new PersonInput(clock.instant(), retention).read(line.text().get());
      return vault
          .<PersonImport.Result>ask(request(person, order))
          .compose(outcome -> told(line.number(), outcome, tally));
    } catch (ProblemException invalid) {
      tally.refused(line.number(), invalid.problem().detail());
      return Future.succeededFuture();
    }
  }

  private VaultRequest.ImportSubject request(PersonInput.Line line, Order order) {
    String issuer =
        line.issuer()
            .or(tokens::soleIssuer)
            .orElseThrow(() -> Members.fault("iss", "is required: there are several issuers"));
    return new VaultRequest.ImportSubject(
        new Caller(
            new SubjectRef(issuer, line.subject()),
            TokenRef.ADMINISTRATOR,
            clock.instant().plus(LINE_PATIENCE),
            order.traceId()),
        line.person(),
        order.append(),
        line.afterErasure(),
        new Idempotency(order.key() + " " + line.digest(), line.digest()));
  }

  private static Future<Void> told(
      long number, Outcome<PersonImport.Result> outcome, ImportTally tally) {
    if (outcome instanceof Outcome.Done<PersonImport.Result> done) {
      switch (done.value()) {
        case IMPORTED -> tally.imported();
        case REPEATED -> tally.skipped();
        case EXISTS -> tally.refused(number, "exists");
        case ERASED -> tally.refused(number, "erased");
        case RESTRICTED -> tally.refused(number, "restricted");
      }
      return Future.succeededFuture();
    }
    return tally.unavailable(number)
        ? Future.succeededFuture()
        : Future.failedFuture(Problem.unavailable().asException());
  }

  /** How it went, as the audit log has it; that it began is there already. */
  private Future<Long> written(String actor, ImportTally tally) {
    return vault
        .<Long>ask(
            new VaultRequest.Audit(
                new AuditName.Clear(actor),
                "importSubjects",
                new AuditName.Clear(PATH),
                tally.toString(),
                clock.instant().plus(LINE_PATIENCE)))
        .compose(
            outcome ->
                outcome instanceof Outcome.Done<Long> done
                    ? Future.succeededFuture(done.value())
                    : Future.<Long>failedFuture(Problem.unavailable().asException()))
        .onFailure(lost -> LOG.warn("the counts of an import are not on record"));
  }
}

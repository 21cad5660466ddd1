package dev.lethe.ranker;

import dev.lethe.ranker.api.CatalogVerdict;
import dev.lethe.ranker.api.Explain;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import dev.lethe.ranker.model.Counterfactuals;
import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.NearbyConsumers;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.VaultClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * Answers {@link RankerRequest}s, one local consumer for each type. Several may be deployed over
 * one {@link Models}. Every message is replied to: with an outcome, or, after a bug, with a failure
 * that says nothing.
 */
public final class RankerVerticle extends VerticleBase {
  /** What the vault may take of a request's time, unless said otherwise. */
  public static final Duration VAULT_BUDGET = Duration.ofMillis(500);

  /** Requests under way in one verticle; beyond it, new ones are refused at once. */
  public static final int MAX_IN_FLIGHT = 500;

  private static final int MAX_PAGE = 100;
  private static final int BUG = 500;

  /** Titles scored, or terms explained, that an event loop can spare the time for (about 1 ms). */
  private static final int SMALL = 2_000;

  private static final int SMALL_EXPLANATION = 20_000;

  private final Consultation consultation;
  private final Receipts receipts;
  private final Models models;
  private final Clock clock;
  private final int maxInFlight;
  private int inFlight;

  public RankerVerticle(VaultClient vault, DisclosureOpener opener, Models models, Clock clock) {
    this(vault, opener, models, clock, VAULT_BUDGET, MAX_IN_FLIGHT);
  }

  /**
   * @param opener of disclosures for personalization
   * @param vaultBudget what the vault may take of a request's time
   * @param maxInFlight requests under way at once
   */
  public RankerVerticle(
      VaultClient vault,
      DisclosureOpener opener,
      Models models,
      Clock clock,
      Duration vaultBudget,
      int maxInFlight) {
    var budget = new VaultBudget(clock, vaultBudget);
    this.consultation = new Consultation(vault, opener, budget);
    this.receipts = new Receipts(vault, budget);
    this.models = models;
    this.clock = clock;
    this.maxInFlight = maxInFlight;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        List.of(
            serve(RankerRequest.Rank.class, this::rank),
            serve(RankerRequest.FindTitles.class, this::findTitles),
            serve(RankerRequest.ReadTitle.class, this::readTitle),
            serve(RankerRequest.ReplaceCatalog.class, this::replaceCatalog)));
  }

  private <R extends RankerRequest, T> Future<Void> serve(
      Class<R> type, Function<R, Future<Outcome<T>>> handler) {
    return NearbyConsumers.consume(
        vertx,
        new MessageConsumerOptions().setAddress(RankerRequest.addressOf(type)).setLocalOnly(true),
        (Message<R> message) -> answer(type.getSimpleName(), message, handler));
  }

  private <R extends RankerRequest, T> void answer(
      String name, Message<R> message, Function<R, Future<Outcome<T>>> handler) {
    if (inFlight >= maxInFlight) {
      message.reply(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
      return;
    }
    inFlight++;
    // Composed, so that what a handler throws is a failure like any other.
    Future.succeededFuture(message.body())
        .compose(handler)
        .onComplete(
            answered -> {
              inFlight--;
              if (answered.succeeded()) {
                message.reply(answered.result());
              } else {
                Failures.log(name, answered.cause());
                message.fail(BUG, "the ranker failed");
              }
            });
  }

  private Future<Outcome<Ranking>> rank(RankerRequest.Rank request) {
    if (isLate(request)) {
      return refused(Outcome.Refusal.UNAVAILABLE);
    }
    var disclosure =
        request.receipt() && request.profiling()
            ? Optional.of(UUID.randomUUID().toString())
            : Optional.<String>empty();
    var consulted =
        request.profiling()
            ? consultation.about(request.caller(), disclosure)
            : Future.succeededFuture(Consulted.nothing(Ranking.Reason.OPTED_OUT));
    return consulted.compose(
        answer ->
            answer instanceof Consulted.Known known
                ? ranked(request, known)
                    .compose(ranking -> receipted(request, disclosure, ranking))
                    .map(Outcome::done)
                : refused(((Consulted.Stopped) answer).refusal()));
  }

  private Future<Ranking> receipted(
      RankerRequest.Rank request, Optional<String> disclosure, Ranking ranking) {
    return request.receipt()
        ? receipts.signed(ranking, disclosure, request.deadline())
        : Future.succeededFuture(ranking);
  }

  private Future<Ranking> ranked(RankerRequest.Rank request, Consulted.Known known) {
    var current = models.current();
    int titles = request.candidates().map(List::size).orElse(current.catalog().size());
    int rankings =
        request.explain() == Explain.FULL ? 1 + known.profile().fieldsWithData().size() : 1;
    boolean small =
        titles * rankings <= SMALL
            && (request.explain() == Explain.NOTHING
                || request.limit() * events(known.profile()) * rankings <= SMALL_EXPLANATION);
    return computed(small, () -> ranking(request, known, current));
  }

  private static Ranking ranking(
      RankerRequest.Rank request, Consulted.Known known, RankingModel model) {
    var profile = known.profile();
    var candidates = request.candidates();
    var ranked =
        model.rank(profile, candidates, request.limit(), request.explain() != Explain.NOTHING);
    return new Ranking(
        request.explain() == Explain.FULL
            ? Counterfactuals.of(model, profile, candidates, ranked.items())
            : ranked.items(),
        known.personalization(),
        List.copyOf(profile.fieldsWithData()),
        known.reason(),
        model.version(),
        ranked.unknown(),
        known.consent());
  }

  private Future<Outcome<TitlePage>> findTitles(RankerRequest.FindTitles request) {
    if (isLate(request)) {
      return refused(Outcome.Refusal.UNAVAILABLE);
    }
    var catalog = models.catalogs().current();
    int limit = Math.max(1, Math.min(MAX_PAGE, request.limit()));
    return computed(
        catalog.size() <= SMALL,
        () -> Outcome.done(catalog.find(request.query(), limit, request.after())));
  }

  private Future<Outcome<Title>> readTitle(RankerRequest.ReadTitle request) {
    return Future.succeededFuture(
        models
            .catalogs()
            .current()
            .byId(request.id())
            .map(Outcome::done)
            .orElseGet(() -> Outcome.refused(Outcome.Refusal.NOT_FOUND)));
  }

  private Future<Outcome<CatalogVerdict>> replaceCatalog(RankerRequest.ReplaceCatalog request) {
    return vertx.executeBlocking(() -> replaced(request));
  }

  /** Runs on a worker. */
  private Outcome<CatalogVerdict> replaced(RankerRequest.ReplaceCatalog request)
      throws IOException {
    var file = Path.of(request.file());
    try {
      return isLate(request)
          ? Outcome.refused(Outcome.Refusal.UNAVAILABLE)
          : Outcome.done(models.catalogs().replace(file));
    } finally {
      Files.deleteIfExists(file);
    }
  }

  private <T> Future<T> computed(boolean small, Callable<T> computation) {
    if (!small) {
      return vertx.executeBlocking(computation, false);
    }
    try {
      return Future.succeededFuture(computation.call());
    } catch (Exception e) {
      return Future.failedFuture(e);
    }
  }

  private boolean isLate(RankerRequest request) {
    return !clock.instant().isBefore(request.deadline());
  }

  private static int events(Profile profile) {
    return profile.history().size() + profile.searches().size();
  }

  private static <T> Future<Outcome<T>> refused(Outcome.Refusal reason) {
    return Future.succeededFuture(Outcome.refused(reason));
  }
}

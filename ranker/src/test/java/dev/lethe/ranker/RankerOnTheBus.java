package dev.lethe.ranker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.Explain;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.ranker.model.Models;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.LocalCodec;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.eventbus.Message;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * A ranker on a bus of its own. The vault is played by a consumer, for the answers that a real one
 * gives only in trouble.
 */
abstract class RankerOnTheBus {
  static final ConsentRef CONSENT =
      new ConsentRef(Purpose.PERSONALIZATION, 3, Instant.parse("2026-11-01T20:15:00Z"));

  static final Clock CLOCK = Clock.systemUTC();

  @TempDir Path data;

  final Vertx vertx = Vertx.vertx();
  final RankerClient client = new RankerClient(vertx, CLOCK);
  final List<VaultRequest.Disclose> asked = Collections.synchronizedList(new ArrayList<>());
  final Deque<Opened> openings = new ArrayDeque<>();

  @BeforeEach
  void codec() {
    LocalCodec.register(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  void deploy() throws Exception {
    deploy(Duration.ofSeconds(5), 500);
  }

  void deploy(Duration budget, int maxInFlight) throws Exception {
    await(
        vertx.deployVerticle(
            new RankerVerticle(
                new VaultClient(vertx, CLOCK),
                opener(Purpose.PERSONALIZATION),
                models(),
                CLOCK,
                budget,
                maxInFlight)));
  }

  Models models() throws Exception {
    var titles = Files.writeString(data.resolve("titles.ndjson"), Catalogs.SMALL);
    return new Models(CatalogStore.open(data, Optional.of(titles)));
  }

  DisclosureOpener opener(Purpose purpose) {
    return new DisclosureOpener() {
      @Override
      public Purpose purpose() {
        return purpose;
      }

      @Override
      public Opened open(Disclosure disclosure) {
        return openings.remove();
      }
    };
  }

  void vaultAnswers(Outcome<DisclosureAnswer> answer) throws Exception {
    vault(message -> message.reply(answer));
  }

  void vault(Consumer<Message<VaultRequest.Disclose>> behaviour) throws Exception {
    await(
        vertx
            .eventBus()
            .<VaultRequest.Disclose>localConsumer(
                VaultRequest.addressOf(VaultRequest.Disclose.class),
                message -> {
                  asked.add(message.body());
                  behaviour.accept(message);
                })
            .completion());
  }

  static Outcome<DisclosureAnswer> disclosed() {
    return Outcome.done(
        new DisclosureAnswer.Disclosed(
            new Disclosure(
                "p",
                1,
                1,
                Purpose.PERSONALIZATION,
                new byte[0],
                List.of(),
                new RetentionRule(1000, Duration.ofDays(365)),
                CONSENT)));
  }

  Outcome<Ranking> rank(boolean profiling) throws Exception {
    return ask(rankBy(soon(), profiling));
  }

  Outcome<Ranking> explained(boolean profiling) throws Exception {
    return ask(rankBy(soon(), profiling, Explain.FULL));
  }

  static RankerRequest.Rank rankBy(Instant deadline, boolean profiling) {
    return rankBy(deadline, profiling, Explain.NOTHING);
  }

  private static RankerRequest.Rank rankBy(Instant deadline, boolean profiling, Explain explain) {
    var caller =
        new Caller(new SubjectRef("i", "s"), new TokenRef(1, "d"), deadline, "0".repeat(32));
    var candidates =
        profiling
            ? Optional.of(List.of("m-8", "m-7", "m-6", "m-5", "m-4", "m-3", "m-2", "m-1"))
            : Optional.<List<String>>empty();
    return new RankerRequest.Rank(caller, candidates, 20, explain, profiling, false);
  }

  <T> Outcome<T> ask(RankerRequest request) throws Exception {
    return await(client.ask(request));
  }

  static Instant soon() {
    return CLOCK.instant().plusSeconds(30);
  }

  static <T> T done(Outcome<T> outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Done.class);
    return ((Outcome.Done<T>) outcome).value();
  }

  static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}

package dev.lethe.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.RankerRequest;
import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.NoticeState;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** The client listener in front of a vault and a ranker that answer everything. */
final class ClientStage {
  static final Instant AT = Instant.parse("2026-11-01T20:15:00Z");
  final TestGateway gateway;
  final String token;

  ClientStage(Path folder) throws Exception {
    gateway = new TestGateway(folder);
    token = "Bearer " + TestTokens.withScope("profile:read profile:write consent rank erase");
    gateway.vault(
        VaultRequest.ReadProfile.class, read -> Outcome.done(new ProfileView(profile(), 7, AT)));
    gateway.vault(VaultRequest.PutDocument.class, put -> Outcome.done(8L));
    gateway.vault(VaultRequest.AppendEvents.class, append -> Outcome.done(append.events().size()));
    gateway.vault(VaultRequest.Forget.class, forget -> Outcome.done(3));
    gateway.vault(
        VaultRequest.PutConsent.class,
        put ->
            Outcome.done(new ConsentGiven(new Consents(4, Map.of()), "a.b.c", Optional.empty())));
    gateway.vault(VaultRequest.Erase.class, erase -> Outcome.done(erasure()));
    gateway.vault(
        VaultRequest.ReadExport.class,
        read ->
            Outcome.done(
                new Export(
                    Optional.empty(),
                    new Consents(0, Map.of()),
                    List.of(),
                    List.of(),
                    new RetentionRule(1_000, Duration.ofDays(365)),
                    "a controller")));
    gateway.ranker(RankerRequest.Rank.class, rank -> Outcome.done(ranking()));
  }

  void close() throws Exception {
    gateway.close();
  }

  private static Profile profile() {
    return new Profile(
        List.of(new Event.Watched("m-1", AT, OptionalDouble.of(0.93), OptionalDouble.empty())),
        List.of(),
        Optional.empty(),
        Optional.of(new Document.Preferences(Map.of("Sci-Fi", 1.0), List.of())));
  }

  private static Erasure erasure() {
    return new Erasure(
        "e-1",
        false,
        new Erasure.Stage(AT, "x.y.z"),
        Optional.empty(),
        new Erasure.Unrecoverable(Optional.of(AT.plus(1, ChronoUnit.DAYS)), Optional.empty()),
        Optional.empty(),
        List.of(new NoticeState("crm", "erased", NoticeState.State.WAITING, AT)));
  }

  private static Ranking ranking() {
    var because =
        new Ranking.Because(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.of("popularity"), 1.0);
    return new Ranking(
        List.of(new Ranking.Item("m-1", "One", 0.5, List.of(because))),
        Ranking.Personalization.NONE,
        List.of(),
        Optional.of(Ranking.Reason.NO_CONSENT),
        "2026-11-23.4",
        List.of(),
        Optional.empty());
  }

  /** Sends JSON with a token of all scopes. */
  HttpResponse<String> send(String method, String path, String body, String... more)
      throws Exception {
    var headers =
        new ArrayList<>(List.of("Authorization", token, "Content-Type", "application/json"));
    headers.addAll(List.of(more));
    return gateway.client(method, path, body, headers.toArray(String[]::new));
  }

  /** The one question that vault or ranker were asked since the queue was cleared. */
  <T> T onlyAsked(Class<T> type) {
    assertThat(gateway.asked).hasSize(1);
    return type.cast(gateway.asked.element());
  }
}

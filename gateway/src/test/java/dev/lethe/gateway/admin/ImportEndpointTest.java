package dev.lethe.gateway.admin;

import static dev.lethe.gateway.http.TestGateway.json;
import static dev.lethe.gateway.http.TestGateway.slug;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.http.TestGateway;
import dev.lethe.gateway.http.TestTokens;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.eventbus.Message;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImportEndpointTest {
  private static final String PATH = "/admin/v1/subjects/import";

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() throws Exception {
    gateway = new TestGateway(folder);
    gateway.vault(VaultRequest.Audit.class, entry -> Outcome.done(1L));
  }

  @AfterEach
  void stop() throws Exception {
    gateway.close();
  }

  private void vaultSays(Outcome<PersonImport.Result> outcome) {
    gateway.vault(VaultRequest.ImportSubject.class, request -> outcome);
  }

  private HttpResponse<String> send(String path, String body) throws Exception {
    return gateway.admin(
        "POST",
        path,
        body,
        "Authorization",
        "Bearer " + TestTokens.withScope("admin:subjects"),
        "Content-Type",
        "application/x-ndjson",
        "Idempotency-Key",
        "move-1");
  }

  private List<VaultRequest.ImportSubject> asked() {
    return gateway.asked.stream()
        .filter(VaultRequest.ImportSubject.class::isInstance)
        .map(VaultRequest.ImportSubject.class::cast)
        .toList();
  }

  private List<String> audited() {
    return gateway.asked.stream()
        .filter(VaultRequest.Audit.class::isInstance)
        .map(VaultRequest.Audit.class::cast)
        .map(VaultRequest.Audit::outcome)
        .toList();
  }

  private static String line(String subject) {
    return "{\"sub\":\"" + subject + "\",\"profile\":{\"history\":[{\"item\":\"m-1\"}]}}\n";
  }

  @Test
  void wholePersonReachesTheVault() throws Exception {
    vaultSays(Outcome.done(PersonImport.Result.IMPORTED));
    var at = Instant.now().minusSeconds(3600).toString();
    var response =
        send(
            PATH,
            "{\"iss\":\"https://other.test\",\"sub\":\"somebody\",\"profile\":{"
                + "\"history\":[{\"item\":\"m-1\",\"rating\":4},{\"item\":\"m-2\"}],"
                + "\"searches\":[{\"query\":\"space\",\"at\":\""
                + at
                + "\"}],\"demographics\":{\"region\":\"DE\"},\"preferences\":{\"muted\":[\"m-3\"]}},"
                + "\"consents\":{\"personalization\":[\"history\"],"
                + "\"training\":{\"fields\":[],\"at\":\"2020-01-01T00:00:00Z\"}}}");

    assertThat(response.body())
        .isEqualTo("{\"lines\":1,\"imported\":1,\"skipped\":0,\"refused\":[]}");
    assertThat(asked())
        .singleElement()
        .satisfies(
            request -> {
              var person = request.person();
              assertThat(person.history())
                  .extracting(event -> ((Event.Watched) event).item())
                  .containsExactly("m-1", "m-2");
              assertThat(person.fieldsWithData()).containsExactly(Field.values());
              assertThat(person.consents().keySet())
                  .containsExactlyInAnyOrder(Purpose.PERSONALIZATION, Purpose.TRAINING);
              assertThat(request.caller().subject().issuer()).isEqualTo("https://other.test");
              assertThat(request.caller().token()).isEqualTo(TokenRef.ADMINISTRATOR);
              assertThat(request.append()).isFalse();
              assertThat(request.afterErasure()).isFalse();
            });
    assertThat(audited())
        .containsExactly("asked", "1 lines: 1 imported, 0 skipped, 0 refused", "done");
  }

  @Test
  void badLineIsRefusedAloneAndQuotesNothing() throws Exception {
    vaultSays(Outcome.done(PersonImport.Result.IMPORTED));
    var response =
        send(
            PATH,
            line("one")
                + "\n"
                + "{\"sub\":\"two\",\"profile\":{\"history\":[{\"item\":\"secret item\"}]}}\n"
                + "{\"sub\":\"three\",\"sub\":\"secret\"}\n"
                + "{\"sub\":\"four\",\"profile\":{\"demographics\":{\"region\":\"secret\"}}}\n"
                + "{\"sub\":\"five\",\"secret\":1,\"profile\":{}}\n"
                + "{\"sub\":\"six\",\"profile\":{\"demographics\":{}}}\n"
                + "{\"sub\":\"seven\",\"consents\":{\"training\":[\"secret\"]}}\n"
                + "{\"sub\":\"eight\",\"profile\":{\"history\":[{\"item\":\"m-1\","
                + "\"at\":\"2001-01-01T00:00:00Z\"}]}}\n"
                + "{\"sub\":\"nine\",\"x\":\""
                + "x".repeat(1 << 20)
                + "\"}\n"
                + line("ten"));

    var answer = json(response);
    assertThat(answer.get("lines").asInt()).isEqualTo(10);
    assertThat(answer.get("imported").asInt()).isEqualTo(2);
    var reasons = new ArrayList<String>();
    answer
        .get("refused")
        .forEach(
            refusal ->
                reasons.add(refusal.get("line").asInt() + " " + refusal.get("reason").asText()));
    assertThat(reasons)
        .satisfiesExactly(
            reason -> assertThat(reason).startsWith("3 profile.history[0].item must be an id"),
            reason -> assertThat(reason).startsWith("4 The body is not well-formed"),
            reason -> assertThat(reason).startsWith("5 profile.demographics.region must be"),
            reason -> assertThat(reason).startsWith("6 the body has an unknown member"),
            reason -> assertThat(reason).startsWith("7 the line has neither data nor consents"),
            reason -> assertThat(reason).startsWith("8 consents.training[0] must be a field"),
            reason -> assertThat(reason).startsWith("9 profile.history[0].at must not be older"),
            reason -> assertThat(reason).startsWith("10 the line is longer than"));
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void whatTheVaultSaysIsCounted() throws Exception {
    gateway.vault(
        VaultRequest.ImportSubject.class,
        request ->
            Outcome.done(
                PersonImport.Result.valueOf(
                    request.caller().subject().subject().toUpperCase(Locale.ROOT))));
    var response =
        send(
            PATH + "?existing=append",
            line("imported") + line("repeated") + line("exists") + line("erased"));

    assertThat(response.body())
        .isEqualTo(
            "{\"lines\":4,\"imported\":1,\"skipped\":1,\"refused\":["
                + "{\"line\":3,\"reason\":\"exists\"},{\"line\":4,\"reason\":\"erased\"}]}");
    assertThat(asked()).allMatch(VaultRequest.ImportSubject::append);
  }

  @Test
  void linesInFlightAreBounded() throws Exception {
    var held = new ArrayList<Message<VaultRequest.ImportSubject>>();
    var most = new AtomicInteger();
    gateway
        .vertx
        .eventBus()
        .localConsumer(
            VaultRequest.addressOf(VaultRequest.ImportSubject.class),
            (Message<VaultRequest.ImportSubject> message) -> {
              held.add(message);
              most.accumulateAndGet(held.size(), Math::max);
              if (held.size() == 32) {
                var full = List.copyOf(held);
                held.clear();
                full.forEach(one -> one.reply(Outcome.done(PersonImport.Result.IMPORTED)));
              }
            });
    var lines = IntStream.range(0, 320).mapToObj(i -> line("p" + i)).collect(Collectors.joining());

    assertThat(json(send(PATH, lines)).get("imported").asInt()).isEqualTo(320);
    assertThat(most).hasValue(32);
  }

  @Test
  void vaultThatStaysAwayEndsIt() throws Exception {
    vaultSays(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
    var few = IntStream.range(0, 20).mapToObj(i -> line("p" + i)).collect(Collectors.joining());
    assertThat(json(send(PATH, few)).at("/refused/19/reason").asText()).isEqualTo("unavailable");

    gateway.asked.clear();
    var response = send(PATH, few.repeat(50));
    assertThat(response.statusCode()).isEqualTo(503);
    assertThat(asked()).hasSizeBetween(100, 131);
    assertThat(audited()).last().isEqualTo("unknown 503");
  }

  @Test
  void keyAndModeAreChecked() throws Exception {
    vaultSays(Outcome.done(PersonImport.Result.IMPORTED));
    var token = "Bearer " + TestTokens.withScope("admin:subjects");
    var without =
        gateway.admin(
            "POST",
            PATH,
            line("one"),
            "Authorization",
            token,
            "Content-Type",
            "application/x-ndjson");
    assertThat(without.statusCode()).isEqualTo(400);
    assertThat(send(PATH + "?existing=replace", line("one")).statusCode()).isEqualTo(422);
    assertThat(send(PATH + "?other=1", line("one")).statusCode()).isEqualTo(422);
    var json =
        gateway.admin(
            "POST",
            PATH,
            line("one"),
            "Authorization",
            token,
            "Content-Type",
            "application/json",
            "Idempotency-Key",
            "k");
    assertThat(slug(json)).isEqualTo("media-type");
    assertThat(asked()).isEmpty();
  }

  @Test
  void everyLineHasAKeyOfItsOwn() throws Exception {
    vaultSays(Outcome.done(PersonImport.Result.IMPORTED));
    send(PATH, line("one") + line("one") + line("two"));

    assertThat(asked().stream().map(request -> request.idempotency().key()).distinct()).hasSize(2);
  }
}

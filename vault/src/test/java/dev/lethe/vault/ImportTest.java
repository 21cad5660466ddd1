package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.PersonImport.Given;
import dev.lethe.vault.api.PersonImport.Result;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ImportTest {
  private static final Instant GIVEN_AT = Instant.parse("2024-02-29T08:00:00Z");
  private static final String FILE = "file-1";

  @TempDir Path folder;
  private RunningVault vault;
  private Caller viewer;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    viewer = vault.caller("viewer");
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private static Event watched(String item) {
    return new Event.Watched(
        item,
        Instant.now().truncatedTo(ChronoUnit.MILLIS),
        OptionalDouble.empty(),
        OptionalDouble.empty());
  }

  private static PersonImport person(String region, String... items) {
    return new PersonImport(
        List.of(items).stream().map(ImportTest::watched).toList(),
        List.of(),
        List.of(new Demographics(Optional.empty(), Optional.of(region), Optional.empty())),
        Map.of(Purpose.PERSONALIZATION, new Given(Set.of(Field.HISTORY), Optional.of(GIVEN_AT))));
  }

  private VaultRequest.ImportSubject request(PersonImport person, String line) {
    return new VaultRequest.ImportSubject(
        new Caller(viewer.subject(), TokenRef.ADMINISTRATOR, vault.deadline(), viewer.traceId()),
        person,
        false,
        false,
        new Idempotency(FILE + " " + line, line));
  }

  private VaultRequest.ImportSubject appending(PersonImport person, String line) {
    var request = request(person, line);
    return new VaultRequest.ImportSubject(
        request.caller(), person, true, false, request.idempotency());
  }

  private List<String> history() {
    return vault
        .<ProfileView>done(new VaultRequest.ReadProfile(viewer))
        .profile()
        .history()
        .stream()
        .map(event -> event.item())
        .toList();
  }

  private Consents.Decision decision() {
    return vault
        .<Consents>done(new VaultRequest.ReadConsents(viewer))
        .purposes()
        .getOrDefault(Purpose.PERSONALIZATION, Consents.Decision.NONE);
  }

  private String region() {
    return vault
        .<ProfileView>done(new VaultRequest.ReadProfile(viewer))
        .profile()
        .demographics()
        .flatMap(Demographics::region)
        .orElse("");
  }

  @Test
  void strangersProfileComesInWithItsConsents() throws Exception {
    assertThat(vault.<Result>done(request(person("DE", "m-1", "m-2"), "1")))
        .isEqualTo(Result.IMPORTED);

    assertThat(history()).containsExactlyInAnyOrder("m-1", "m-2");
    assertThat(region()).isEqualTo("DE");
    var decision = decision();
    assertThat(decision.fields()).containsExactly(Field.HISTORY);
    assertThat(decision.updatedAt()).contains(GIVEN_AT);
    var receipts = vault.<Export>done(new VaultRequest.ReadExport(viewer)).receipts();
    assertThat(JWSObject.parse(receipts.get(0)).getPayload().toJSONObject())
        .containsEntry("consentType", "imported")
        .containsEntry("controller", "a controller")
        .containsEntry("at", "2024-02-29T08:00:00.000Z");
  }

  @Test
  void sameFileAgainChangesNothing() {
    vault.<Result>done(request(person("DE", "m-1"), "1"));

    assertThat(vault.<Result>done(request(person("DE", "m-1"), "1"))).isEqualTo(Result.REPEATED);
    assertThat(vault.<Result>done(appending(person("DE", "m-1"), "1"))).isEqualTo(Result.REPEATED);

    assertThat(history()).containsExactly("m-1");
  }

  @Test
  void somebodyWhoIsHereIsLeftAlone() {
    vault.<Result>done(request(person("DE", "m-1"), "1"));

    assertThat(vault.<Result>done(request(person("FR", "m-2"), "2"))).isEqualTo(Result.EXISTS);

    assertThat(history()).containsExactly("m-1");
    assertThat(region()).isEqualTo("DE");
  }

  @Test
  void whatSomebodyForgotIsNotBroughtBackUnasked() {
    vault.<Result>done(request(person("DE", "m-1"), "1"));
    vault.<Integer>done(
        new VaultRequest.Forget(
            viewer, Field.HISTORY, ForgetFilter.EVERYTHING, OptionalLong.empty()));
    vault.<Integer>done(
        new VaultRequest.Forget(
            viewer, Field.DEMOGRAPHICS, ForgetFilter.EVERYTHING, OptionalLong.empty()));

    assertThat(vault.<Result>done(request(person("DE", "m-1"), "2"))).isEqualTo(Result.EXISTS);

    assertThat(vault.refusal(new VaultRequest.ReadProfile(viewer))).isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void appendingDecidesNothingOverAndReplacesNoDocument() {
    vault.<Long>done(
        new VaultRequest.PutDocument(
            viewer,
            new Demographics(Optional.empty(), Optional.of("DE"), Optional.empty()),
            OptionalLong.empty()));
    vault.<ConsentGiven>done(
        new VaultRequest.PutConsent(
            viewer, Purpose.PERSONALIZATION, Set.of(), OptionalLong.empty()));

    assertThat(vault.<Result>done(appending(person("FR", "m-1"), "1"))).isEqualTo(Result.IMPORTED);

    assertThat(history()).containsExactly("m-1");
    assertThat(region()).isEqualTo("DE");
    assertThat(decision().fields()).isEmpty();
  }

  @Test
  void erasedPersonStaysErased() {
    vault.<Result>done(request(person("DE", "m-1"), "1"));
    vault.<Object>done(new VaultRequest.Erase(viewer, "owner"));
    viewer = vault.caller("viewer", Instant.now().getEpochSecond() + 5);

    assertThat(vault.<Result>done(request(person("DE", "m-1"), "1"))).isEqualTo(Result.ERASED);
    assertThat(vault.<Result>done(appending(person("DE", "m-1"), "1"))).isEqualTo(Result.ERASED);
    assertThat(vault.refusal(new VaultRequest.ReadProfile(viewer))).isEqualTo(Refusal.NOT_FOUND);

    var asked = request(person("DE", "m-1"), "1");
    assertThat(
            vault.<Result>done(
                new VaultRequest.ImportSubject(
                    asked.caller(), asked.person(), false, true, asked.idempotency())))
        .isEqualTo(Result.IMPORTED);
    assertThat(history()).containsExactly("m-1");
  }

  @Test
  void importIsInTheAccessLogOnceAndByTheAdministrator() {
    vault.<Result>done(request(person("DE", "m-1"), "1"));
    vault.<Result>done(request(person("DE", "m-1"), "1"));
    vault.<Result>done(request(person("DE", "m-2"), "2"));

    assertThat(vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(viewer)))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.reader()).isEqualTo("admin");
              assertThat(entry.fields())
                  .containsExactlyInAnyOrder(Field.HISTORY, Field.DEMOGRAPHICS);
              assertThat(entry.count()).isEqualTo(1);
            });
  }
}

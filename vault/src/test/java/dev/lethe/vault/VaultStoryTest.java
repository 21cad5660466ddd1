package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Export;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.Keys;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class VaultStoryTest {
  private static final String TITLE = "canary-title-7f3a";
  private static final String QUERY = "canary query 91bc";
  private static final String SUBJECT = "canary-subject-55de";
  private static final String REGION = "canary-region-0a1b";

  @TempDir Path folder;
  private RunningVault vault;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  private void watch(Caller caller, String... items) {
    var at = Instant.ofEpochMilli(Instant.now().toEpochMilli());
    List<Event.Watched> events =
        IntStream.range(0, items.length)
            .mapToObj(
                i ->
                    new Event.Watched(items[i], at, OptionalDouble.empty(), OptionalDouble.empty()))
            .toList();
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            caller, Field.HISTORY, events, Optional.empty(), OptionalLong.empty()));
  }

  private ConsentGiven consent(Caller caller, Field... fields) {
    return vault.done(
        new VaultRequest.PutConsent(
            caller, Purpose.PERSONALIZATION, Set.of(fields), OptionalLong.empty()));
  }

  private List<String> history(Caller caller) {
    return vault
        .<ProfileView>done(new VaultRequest.ReadProfile(caller))
        .profile()
        .history()
        .stream()
        .map(Event.Watched::item)
        .toList();
  }

  private DisclosureAnswer disclose(Caller caller) {
    return vault.done(new VaultRequest.Disclose(caller, Purpose.PERSONALIZATION));
  }

  private Opened open(DisclosureAnswer answer) {
    return vault
        .vault()
        .openerFor(Purpose.PERSONALIZATION)
        .open(((DisclosureAnswer.Disclosed) answer).disclosure());
  }

  private Caller later(Caller caller) {
    return vault.caller(caller.subject().subject(), Instant.now().getEpochSecond() + 2);
  }

  @Test
  void nothingIsDisclosedWithoutConsentAndEverythingConsentedToWithIt() {
    var viewer = vault.caller("viewer");
    assertThat(disclose(viewer)).isInstanceOf(DisclosureAnswer.NoConsent.class);

    watch(viewer, "m-1", "m-2");
    assertThat(disclose(viewer)).isInstanceOf(DisclosureAnswer.NoConsent.class);

    consent(viewer, Field.HISTORY, Field.SEARCHES);
    var opened = (Opened.Fields) open(disclose(viewer));
    assertThat(opened.profile().history())
        .extracting(Event.Watched::item)
        .containsExactly("m-2", "m-1");

    consent(viewer);
    assertThat(disclose(viewer)).isInstanceOf(DisclosureAnswer.NoConsent.class);
    assertThat(history(viewer)).containsExactly("m-2", "m-1");
  }

  @Test
  void consentWithoutDataDisclosesNothing() {
    var viewer = vault.caller("viewer");
    consent(viewer, Field.HISTORY);

    assertThat(disclose(viewer)).isInstanceOf(DisclosureAnswer.NoData.class);
  }

  @Test
  void aRetryWithTheSameKeyIsAcceptedOnce() {
    var viewer = vault.caller("viewer");
    var event = new Event.Searched("something", Instant.parse("2026-11-20T10:00:00Z"));
    var first =
        new VaultRequest.AppendEvents(
            viewer,
            Field.SEARCHES,
            List.of(event),
            Optional.of(new Idempotency("key-1", "body-a")),
            OptionalLong.empty());
    var otherBody =
        new VaultRequest.AppendEvents(
            viewer,
            Field.SEARCHES,
            List.of(event, event),
            Optional.of(new Idempotency("key-1", "body-b")),
            OptionalLong.empty());

    assertThat(vault.<Integer>done(first)).isEqualTo(1);
    assertThat(vault.<Integer>done(first)).isEqualTo(1);
    assertThat(vault.refusal(otherBody)).isEqualTo(Refusal.KEY_REUSED);
    assertThat(vault.<ProfileView>done(new VaultRequest.ReadProfile(viewer)).profile().searches())
        .hasSize(1);
  }

  @Test
  void aWriteOnAnOldVersionIsRefused() {
    var viewer = vault.caller("viewer");
    var document = new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty());
    long version =
        vault.<Long>done(new VaultRequest.PutDocument(viewer, document, OptionalLong.empty()));

    assertThat(
            vault.<Long>done(
                new VaultRequest.PutDocument(viewer, document, OptionalLong.of(version))))
        .isGreaterThan(version);
    assertThat(
            vault.refusal(new VaultRequest.PutDocument(viewer, document, OptionalLong.of(version))))
        .isEqualTo(Refusal.STALE_VERSION);
  }

  @Test
  void aForgottenTitleStaysForgottenAfterARestart() {
    var viewer = vault.caller("viewer");
    watch(viewer, "keep", "secret");
    var filter = new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of("secret"));

    assertThat(
            vault.<Integer>done(
                new VaultRequest.Forget(viewer, Field.HISTORY, filter, OptionalLong.empty())))
        .isEqualTo(1);
    vault.restart();

    assertThat(history(viewer)).containsExactly("keep");
  }

  @Test
  void anErasureRevokesOldTokensAndIsRepeatedAsTheSame() {
    var viewer = vault.caller("viewer");
    watch(viewer, "m-1");

    var erasure = vault.<Erasure>done(new VaultRequest.Erase(viewer, "owner"));

    assertThat(vault.refusal(new VaultRequest.ReadProfile(viewer)))
        .isEqualTo(Refusal.TOKEN_REVOKED);
    assertThat(vault.refusal(new VaultRequest.Disclose(viewer, Purpose.PERSONALIZATION)))
        .isEqualTo(Refusal.TOKEN_REVOKED);
    var again = vault.<Erasure>done(new VaultRequest.Erase(viewer, "owner"));
    assertThat(again.erasureId()).isEqualTo(erasure.erasureId());
    assertThat(again.inaccessible()).isEqualTo(erasure.inaccessible());
  }

  @Test
  void whoComesBackStartsAfreshAndStays() {
    var viewer = vault.caller("viewer");
    watch(viewer, "before");
    consent(viewer, Field.HISTORY);
    vault.<Erasure>done(new VaultRequest.Erase(viewer, "owner"));

    var back = later(viewer);
    assertThat(vault.refusal(new VaultRequest.ReadProfile(back))).isEqualTo(Refusal.NOT_FOUND);
    watch(back, "after");
    vault.restart();

    assertThat(history(back)).containsExactly("after");
    assertThat(vault.<Consents>done(new VaultRequest.ReadConsents(back)).version()).isZero();
    assertThat(vault.refusal(new VaultRequest.Erase(viewer, "owner")))
        .isEqualTo(Refusal.TOKEN_REVOKED);
  }

  @Test
  void aStrangerHasNothingToErase() {
    assertThat(vault.refusal(new VaultRequest.Erase(vault.caller("nobody"), "owner")))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void rotationDestroysTheOldEpochAndKeepsEverybody() {
    for (int i = 0; i < 300; i++) {
      watch(vault.caller("viewer-" + i), "m-" + i);
    }
    consent(vault.caller("viewer-7"), Field.HISTORY);
    var erased = vault.caller("viewer-13");
    var erasure = vault.<Erasure>done(new VaultRequest.Erase(erased, "owner"));

    vault.rotate();

    var keys = vault.<Keys>done(new VaultRequest.ReadKeys(vault.deadline()));
    assertThat(keys.activeEpoch()).isEqualTo(2);
    assertThat(keys.epochs()).extracting(Keys.Epoch::state).containsExactly("destroyed", "active");
    assertThat(keys.erasuresPending()).isZero();
    for (int i = 0; i < 300; i++) {
      if (i != 13) {
        assertThat(history(vault.caller("viewer-" + i))).containsExactly("m-" + i);
      }
    }
    assertThat(open(disclose(vault.caller("viewer-7")))).isInstanceOf(Opened.Fields.class);
    var stages =
        vault.<Erasure>done(new VaultRequest.ReadErasure(erasure.erasureId(), vault.deadline()));
    assertThat(stages.unrecoverable().reached()).isPresent();
  }

  @Test
  void theAccessLogCountsWhoReadWhat() {
    var viewer = vault.caller("viewer");
    watch(viewer, "m-1");
    disclose(viewer);
    consent(viewer, Field.HISTORY);
    disclose(viewer);
    disclose(viewer);

    var entries = vault.<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(viewer));

    assertThat(entries)
        .anySatisfy(
            entry -> {
              assertThat(entry.reader()).isEqualTo("ranker");
              assertThat(entry.outcome()).isEqualTo("disclosed");
              assertThat(entry.fields()).containsExactly(Field.HISTORY);
              assertThat(entry.count()).isEqualTo(2);
            })
        .anySatisfy(entry -> assertThat(entry.outcome()).isEqualTo("refused"));
  }

  @Test
  void anExportRepeatsTheReceiptsThatWereGiven() {
    var viewer = vault.caller("viewer");
    watch(viewer, "m-1");
    var given = consent(viewer, Field.HISTORY);

    var export = vault.<Export>done(new VaultRequest.ReadExport(viewer));

    assertThat(export.receipts()).containsExactly(given.receipt());
    assertThat(export.profile()).isPresent();
  }

  @Test
  void concurrentWritersLoseNothing() {
    var viewer = vault.caller("viewer");
    var writes =
        IntStream.range(0, 40)
            .parallel()
            .mapToObj(i -> "m-" + i)
            .peek(item -> watch(viewer, item))
            .toList();

    assertThat(history(viewer)).containsExactlyInAnyOrderElementsOf(writes);
  }

  @Test
  void nothingPersonalIsInAnyFile() throws IOException {
    var viewer = vault.caller(SUBJECT);
    watch(viewer, TITLE);
    vault.<Integer>done(
        new VaultRequest.AppendEvents(
            viewer,
            Field.SEARCHES,
            List.of(new Event.Searched(QUERY, Instant.parse("2026-11-20T10:00:00Z"))),
            Optional.of(new Idempotency("canary-key-12ab", "body")),
            OptionalLong.empty()));
    vault.<Long>done(
        new VaultRequest.PutDocument(
            viewer,
            new Demographics(Optional.empty(), Optional.of(REGION), Optional.empty()),
            OptionalLong.empty()));
    consent(viewer, Field.HISTORY);
    disclose(viewer);
    vault.<Integer>done(
        new VaultRequest.Forget(
            viewer,
            Field.HISTORY,
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(TITLE)),
            OptionalLong.empty()));
    vault.rotate();
    vault.<Erasure>done(new VaultRequest.Erase(vault.caller(SUBJECT), "owner"));
    vault.restart();

    int files = 0;
    try (var paths = Files.walk(folder)) {
      for (var file : paths.filter(Files::isRegularFile).toList()) {
        var text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        files++;
        assertThat(text)
            .as(file.toString())
            .doesNotContain(
                TITLE, QUERY, SUBJECT, REGION, "canary-key-12ab", "issuer.example", "token-of");
      }
    }
    assertThat(files).isGreaterThanOrEqualTo(4);
  }
}

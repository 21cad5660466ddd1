package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSObject;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RankingStatement;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import java.nio.file.Path;
import java.text.ParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A receipt of a ranking says of the person what the vault disclosed, whatever it is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class RankingReceiptTest {
  private static final RankingStatement NOTHING_USED = statement();

  private RunningVault vault;
  private People people;

  @BeforeAll
  void start(@TempDir Path folder) {
    vault = new RunningVault(folder);
    people = new People(vault);
  }

  @AfterAll
  void stop() {
    vault.close();
  }

  private static RankingStatement statement(Field... used) {
    return new RankingStatement("none", Optional.of("no-consent"), List.of(used), "m", "d");
  }

  private DisclosureAnswer disclose(Caller caller, String name) {
    return vault.done(
        new VaultRequest.Disclose(caller, Purpose.PERSONALIZATION, Optional.of(name)));
  }

  private VaultRequest.SignRanking signing(Optional<String> name, RankingStatement stated) {
    return new VaultRequest.SignRanking(name, stated, vault.deadline());
  }

  private Map<String, Object> receipt(String name, RankingStatement stated) throws ParseException {
    return claims(vault.done(signing(Optional.of(name), stated)));
  }

  private static Map<String, Object> claims(String receipt) throws ParseException {
    return JWSObject.parse(receipt).getPayload().toJSONObject();
  }

  /** What remains of somebody's receipt without who and when. */
  private static Map<String, Object> impersonal(Map<String, Object> claims) {
    var rest = new TreeMap<>(claims);
    assertThat(rest.remove("subject")).isInstanceOf(String.class);
    assertThat(rest.remove("iat")).isInstanceOf(Long.class);
    var disclosed = new TreeMap<>(disclosed(claims));
    assertThat(disclosed.remove("at")).isInstanceOf(String.class);
    rest.put("disclosed", disclosed);
    return rest;
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> disclosed(Map<String, Object> claims) {
    return (Map<String, Object>) claims.getOrDefault("disclosed", Map.of());
  }

  @Test
  void namesTheFieldsThatWereDisclosedAndTheDecisionByItsOwnReceipt() throws Exception {
    var ada = people.settle("ada");
    var given =
        claims(
            vault
                .<ConsentGiven>done(
                    people.deciding(ada, Purpose.PERSONALIZATION, Field.HISTORY, Field.PREFERENCES))
                .receipt());
    assertThat(disclose(ada, "one")).isInstanceOf(DisclosureAnswer.Disclosed.class);

    var claims = receipt("one", statement(Field.HISTORY));

    assertThat(claims)
        .containsEntry("kind", "ranking")
        .containsEntry("subject", given.get("subject"));
    assertThat(disclosed(claims))
        .containsEntry("fields", List.of("history"))
        .containsEntry(
            "consents",
            List.of(
                Map.of(
                    "purpose", "personalization",
                    "version", given.getOrDefault("version", 0),
                    "at", given.getOrDefault("at", ""))));
  }

  @Test
  void disclosureAnswersOneReceiptOnly() {
    disclose(people.settle("bob"), "one");

    assertThat(vault.<String>done(signing(Optional.of("one"), NOTHING_USED))).isNotEmpty();
    assertThat(vault.refusal(signing(Optional.of("one"), NOTHING_USED)))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(vault.refusal(signing(Optional.of("never"), NOTHING_USED)))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void fieldThatWasNotDisclosedIsNotSignedAsUsed() {
    var cy = people.settle("cy");
    people.consent(cy, Purpose.PERSONALIZATION, Field.HISTORY);
    disclose(cy, "one");

    assertThat(
            vault.refusal(
                signing(Optional.of("one"), statement(Field.HISTORY, Field.DEMOGRAPHICS))))
        .isEqualTo(Refusal.NOT_FOUND);
    assertThat(vault.refusal(signing(Optional.empty(), statement(Field.HISTORY))))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void withoutADisclosureItIsAboutNobody() throws Exception {
    var claims = claims(vault.done(signing(Optional.empty(), NOTHING_USED)));

    assertThat(claims).containsOnlyKeys("iss", "iat", "kind", "stated");
    assertThat(claims.get("stated"))
        .isEqualTo(
            Map.of(
                "vaultRead", false,
                "personalization", "none",
                "reason", "no-consent",
                "fieldsUsed", List.of(),
                "model", "m",
                "digest", "d"));
  }

  @Test
  void withheldConsentIsAStrangersInItsReceiptToo() throws Exception {
    var dee = people.settle("dee");
    people.consent(dee, Purpose.PERSONALIZATION);
    disclose(dee, "withheld");
    disclose(vault.caller("stranger"), "strange");

    var strangers = receipt("strange", NOTHING_USED);

    assertThat(impersonal(receipt("withheld", NOTHING_USED))).isEqualTo(impersonal(strangers));
    assertThat(disclosed(strangers))
        .containsEntry("fields", List.of())
        .containsEntry("consents", List.of());
  }

  @Test
  void restrictedDataIsNotDisclosedAndItsReceiptSaysSo() throws Exception {
    var eve = people.settle("eve");
    people.change(eve, StateChange.RESTRICT);
    disclose(eve, "one");

    assertThat(disclosed(receipt("one", NOTHING_USED)))
        .containsEntry("fields", List.of())
        .containsEntry("consents", List.of());
  }
}

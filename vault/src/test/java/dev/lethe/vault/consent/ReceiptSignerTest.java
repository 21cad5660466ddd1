package dev.lethe.vault.consent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RankingStatement;
import dev.lethe.vault.api.RetentionRule;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.junit.jupiter.api.Test;

final class ReceiptSignerTest {
  private static final Instant AT = Instant.parse("2026-11-24T06:33:33.120Z");
  private static final Instant BY = Instant.parse("2026-11-25T06:33:33Z");

  private final byte[] key = ReceiptSigner.newKey(new SecureRandom());
  private final ReceiptSigner signer = new ReceiptSigner("lethe", key, List.of());

  private static void assertVerifies(String receipt, ECKey publicKey) throws Exception {
    assertThat(JWSObject.parse(receipt).verify(new ECDSAVerifier(publicKey))).isTrue();
  }

  private static ConsentRecord.Decision decision(Field... fields) {
    var terms =
        new ConsentTerms(
            "Example Streaming",
            new RetentionRule(1000, Duration.ofDays(365)),
            ConsentTerms.Expression.EXPRESSED);
    return new ConsentRecord.Decision(Set.of(fields), 3, AT, Optional.of(terms), Optional.empty());
  }

  @Test
  void consentReceiptCarriesItsClaimsAndVerifies() throws Exception {
    var receipt =
        signer.consent("p", 2, Purpose.TRAINING, decision(Field.PREFERENCES, Field.HISTORY));

    assertVerifies(receipt, signer.publicKey());
    var parsed = JWSObject.parse(receipt);
    assertThat(parsed.getPayload())
        .hasToString(
            "{\"iss\":\"lethe\",\"iat\":1795502013,\"kind\":\"consent\",\"subject\":\"p\","
                + "\"purpose\":\"training\",\"fields\":[\"history\",\"preferences\"],\"version\":3,"
                + "\"schemaVersion\":\"ISO/IEC TS 27560:2023\",\"recordId\":\"p.2.3\","
                + "\"controller\":\"Example Streaming\","
                + "\"purposeIri\":\"https://w3id.org/dpv#ImproveExistingProductsAndServices\","
                + "\"legalBasis\":\"https://w3id.org/dpv/legal/eu/gdpr#A6-1-a\","
                + "\"consentType\":\"expressed\",\"state\":\"given\","
                + "\"at\":\"2026-11-24T06:33:33.120Z\","
                + "\"retention\":{\"maxEvents\":1000,\"maxAge\":\"PT8760H\"},"
                + "\"withdrawal\":\"PUT /v1/consents/training\"}");
    assertThat(parsed.getHeader().getType()).hasToString("lethe-receipt+jws");
    assertThat(parsed.getHeader().getAlgorithm()).hasToString("ES256");
    assertThat(parsed.getHeader().getKeyID())
        .isEqualTo(signer.publicKey().computeThumbprint().toString());
  }

  @Test
  void rankingReceiptKeepsApartWhatTheVaultKnowsAndWhatItIsTold() throws Exception {
    var basis =
        new RankingBasis(
            "p",
            AT,
            EnumSet.of(Field.HISTORY, Field.SEARCHES),
            Optional.of(new ConsentRef(Purpose.PERSONALIZATION, 3, AT)));
    var stated =
        new RankingStatement("full", Optional.empty(), List.of(Field.HISTORY), "c-2", "abc");

    var receipt = signer.ranking(BY, Optional.of(basis), stated);

    assertVerifies(receipt, signer.publicKey());
    var parsed = JWSObject.parse(receipt);
    assertThat(parsed.getPayload())
        .hasToString(
            "{\"iss\":\"lethe\",\"iat\":1795588413,\"kind\":\"ranking\",\"subject\":\"p\","
                + "\"disclosed\":{\"at\":\"2026-11-24T06:33:33.120Z\","
                + "\"fields\":[\"history\",\"searches\"],"
                + "\"consents\":[{\"purpose\":\"personalization\",\"version\":3,"
                + "\"at\":\"2026-11-24T06:33:33.120Z\"}]},"
                + "\"stated\":{\"vaultRead\":true,\"personalization\":\"full\","
                + "\"fieldsUsed\":[\"history\"],\"model\":\"c-2\",\"digest\":\"abc\"}}");
    assertThat(parsed.getHeader().getType()).hasToString("lethe-receipt+jws");
  }

  @Test
  void withdrawalSaysSo() throws Exception {
    var claims =
        JWSObject.parse(signer.consent("p", 1, Purpose.PERSONALIZATION, decision()))
            .getPayload()
            .toJSONObject();

    assertThat(claims)
        .containsEntry("state", "withdrawn")
        .containsEntry("fields", List.of())
        .containsEntry("withdrawal", "PUT /v1/consents/personalization");
  }

  @Test
  void consentReceiptNamesWhenAModelIsLearnedAnew() throws Exception {
    var atOnce = decision();
    var late =
        new ConsentRecord.Decision(
            atOnce.fields(), atOnce.version(), AT, atOnce.terms(), Optional.of(BY.plusMillis(7)));

    var receipt = signer.consent("p", 2, Purpose.TRAINING, late);

    assertVerifies(receipt, signer.publicKey());
    var before = payload(signer.consent("p", 2, Purpose.TRAINING, atOnce));
    assertThat(payload(receipt))
        .isEqualTo(
            before.substring(0, before.length() - 1)
                + ",\"modelBy\":\"2026-11-25T06:33:33.007Z\"}");
  }

  private static String payload(String receipt) throws Exception {
    return JWSObject.parse(receipt).getPayload().toString();
  }

  @Test
  void decisionStoredBeforeTermsWereKeptHasTheReceiptItHadThen() throws Exception {
    var old =
        new ConsentRecord.Decision(
            Set.of(Field.PREFERENCES, Field.HISTORY), 3, AT, Optional.empty(), Optional.empty());

    assertThat(JWSObject.parse(signer.consent("p", 2, Purpose.TRAINING, old)).getPayload())
        .hasToString(
            "{\"iss\":\"lethe\",\"iat\":1795502013,\"kind\":\"consent\",\"subject\":\"p\","
                + "\"purpose\":\"training\",\"fields\":[\"history\",\"preferences\"],\"version\":3}");
  }

  @Test
  void erasureReceiptCarriesItsClaimsAndVerifies() throws Exception {
    var first = signer.erasure("p", "e", "inaccessible", AT, Optional.of(BY), Optional.empty());
    var last = signer.erasure("p", "e", "unrecoverable", AT, Optional.empty(), Optional.empty());

    assertVerifies(first, signer.publicKey());
    assertVerifies(last, signer.publicKey());
    assertThat(JWSObject.parse(first).getPayload())
        .hasToString(
            "{\"iss\":\"lethe\",\"iat\":1795502013,\"kind\":\"erasure\",\"subject\":\"p\","
                + "\"erasureId\":\"e\",\"stage\":\"inaccessible\","
                + "\"at\":\"2026-11-24T06:33:33.120Z\",\"by\":\"2026-11-25T06:33:33.000Z\"}");
    assertThat(JWSObject.parse(last).getPayload().toString())
        .doesNotContain("\"by\"")
        .doesNotContain("modelBy");
  }

  @Test
  void erasureReceiptNamesWhenAModelIsLearnedAnew() throws Exception {
    var receipt =
        signer.erasure(
            "p", "e", "inaccessible", AT, Optional.of(BY), Optional.of(BY.plusSeconds(1)));

    assertThat(JWSObject.parse(receipt).getPayload().toJSONObject())
        .containsEntry("modelBy", "2026-11-25T06:33:34.000Z");
  }

  @Test
  void sameDecisionGivesTheSameBytes() {
    var again = new ReceiptSigner("lethe", key, List.of());

    assertThat(again.erasure("p", "e", "purged", AT, Optional.empty(), Optional.empty()))
        .isEqualTo(signer.erasure("p", "e", "purged", AT, Optional.empty(), Optional.empty()));
    assertThat(again.consent("p", 1, Purpose.TRAINING, decision(Field.HISTORY)))
        .isEqualTo(signer.consent("p", 1, Purpose.TRAINING, decision(Field.HISTORY)));
  }

  /** RFC 6979, A.2.5: P-256, SHA-256, message "sample". */
  @Test
  void signatureIsThatOfTheStandard() throws Exception {
    var scalar =
        new BigInteger("C9AFA9D845BA75166B5C215767B1D6934E50C3DB36E89B127B8A622B120F6721", 16);
    var domain = ECNamedDomainParameters.lookup(SECObjectIdentifiers.secp256r1);
    var encoded =
        PrivateKeyInfoFactory.createPrivateKeyInfo(new ECPrivateKeyParameters(scalar, domain))
            .getEncoded();

    var signature =
        new ReceiptSigner("lethe", encoded, List.of()).signature("sample".getBytes(US_ASCII));

    assertThat(HexFormat.of().withUpperCase().formatHex(signature))
        .isEqualTo(
            "EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716"
                + "F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8");
  }

  @Test
  void keySetHasThisKeyAndRetiredOnesWithoutSecrets() throws Exception {
    JWK retired = new ECKeyGenerator(Curve.P_256).keyID("old").generate();
    var keys = new ReceiptSigner("lethe", key, List.of(retired)).jwks();

    assertThat(keys).doesNotContain("\"d\"");
    var parsed = JWKSet.parse(keys);
    assertThat(parsed.getKeys())
        .extracting(JWK::getKeyID)
        .containsExactly(signer.publicKey().getKeyID(), "old");
    assertVerifies(
        signer.erasure("p", "e", "purged", AT, Optional.empty(), Optional.empty()),
        parsed.getKeys().get(0).toECKey());
  }

  @Test
  void keyMadeByTheJdkIsRead() throws Exception {
    var pair = new ECKeyGenerator(Curve.P_256).generate();
    var own = new ReceiptSigner("lethe", pair.toECPrivateKey().getEncoded(), List.of());

    assertVerifies(
        own.erasure("p", "e", "purged", AT, Optional.empty(), Optional.empty()),
        pair.toPublicJWK());
  }

  @Test
  void anotherKindOfKeyIsRefused() throws Exception {
    var other = new ECKeyGenerator(Curve.P_384).generate().toECPrivateKey().getEncoded();

    assertThatThrownBy(() -> new ReceiptSigner("lethe", other, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("P-256");
    assertThatThrownBy(() -> new ReceiptSigner("lethe", new byte[] {1, 2}, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}

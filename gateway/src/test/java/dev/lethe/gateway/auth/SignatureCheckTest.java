package dev.lethe.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Vertx;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Provider;
import java.security.Security;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Signatures of each algorithm, checked by each provider. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignatureCheckTest {
  private static final BigInteger ORDER =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);
  private static final int HALF = 32;

  private final SigningKeys keys = new SigningKeys();
  private final Vertx vertx = Vertx.vertx();

  private Path keyFile = Path.of("");

  @BeforeAll
  void writeKeys(@TempDir Path folder) throws Exception {
    keyFile = Files.writeString(folder.resolve("keys.json"), keys.publicSet());
  }

  @AfterAll
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  static List<Provider> providers() {
    return List.of(SignatureProvider.fastest(), SignatureProvider.BOUNCY_CASTLE);
  }

  static Stream<Arguments> providersAndAlgorithms() {
    return providers().stream()
        .flatMap(
            provider ->
                SigningKeys.ALGORITHMS.stream()
                    .map(algorithm -> Arguments.of(provider, algorithm)));
  }

  private TokenVerifier verifier(Provider provider, Set<JWSAlgorithm> algorithms) throws Exception {
    var issuer = new Issuer(SigningKeys.ISSUER, "lethe", algorithms, new KeySource.InFile(keyFile));
    var verifier =
        new TokenVerifier(vertx, provider, List.of(issuer), Duration.ZERO, Clock.systemUTC(), 0);
    verifier.start().toCompletionStage().toCompletableFuture().get();
    verifier.stop();
    return verifier;
  }

  private TokenVerifier verifier(Provider provider) throws Exception {
    return verifier(provider, Set.copyOf(SigningKeys.ALGORITHMS));
  }

  private static boolean accepts(TokenVerifier verifier, String token) throws Exception {
    var verdict = verifier.verify(token).toCompletionStage().toCompletableFuture().get();
    assertThat(verdict).isInstanceOfAny(Verdict.Accepted.class, Verdict.Rejected.class);
    return verdict instanceof Verdict.Accepted;
  }

  private static String withSignature(String token, byte[] signature) {
    return token.substring(0, token.lastIndexOf('.') + 1) + Base64URL.encode(signature);
  }

  private static byte[] signature(String token) throws Exception {
    return SignedJWT.parse(token).getSignature().decode();
  }

  /** As they stand in a signature of ES256. */
  private static byte[] numbers(BigInteger r, BigInteger s) {
    return HexFormat.of().parseHex(String.format("%064x%064x", r, s));
  }

  @Test
  @EnabledOnOs(value = OS.LINUX, architectures = "amd64")
  void theCorrettoProviderLoadsAndServesNobodyElse() {
    assertThat(SignatureProvider.fastest().getName()).isEqualTo("AmazonCorrettoCryptoProvider");
    assertThat(Security.getProviders())
        .doesNotContain(SignatureProvider.fastest(), SignatureProvider.BOUNCY_CASTLE);
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void onlyWhatTheKeyHasSignedIsTaken(Provider provider, JWSAlgorithm algorithm) throws Exception {
    var verifier = verifier(provider);
    String token = keys.token(algorithm);
    assertThat(accepts(verifier, token)).isTrue();

    byte[] good = signature(token);
    for (int bit : new int[] {0, 7, good.length * 4, good.length * 8 - 1}) {
      byte[] bad = good.clone();
      bad[bit / 8] ^= (byte) (1 << (bit % 8));
      assertThat(accepts(verifier, withSignature(token, bad))).as("bit %d", bit).isFalse();
    }
    var parts = token.split("\\.", -1);
    var claims = JWTClaimsSet.parse(new Base64URL(parts[1]).decodeToString());
    var raised = new JWTClaimsSet.Builder(claims).claim("scope", "admin:keys").build();
    assertThat(
            accepts(
                verifier, parts[0] + "." + Base64URL.encode(raised.toString()) + "." + parts[2]))
        .isFalse();
    assertThat(
            accepts(verifier, withSignature(token, signature(new SigningKeys().token(algorithm)))))
        .as("a key of the same id")
        .isFalse();
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void signaturesOfNoShapeAreRefused(Provider provider, JWSAlgorithm algorithm) throws Exception {
    var verifier = verifier(provider);
    String token = keys.token(algorithm);
    byte[] good = signature(token);
    for (int length : new int[] {0, 1, 2, 63, 65, 70, 72, 128, good.length - 1, good.length + 1}) {
      if (length != good.length) {
        assertThat(accepts(verifier, withSignature(token, Arrays.copyOf(good, length)))).isFalse();
      }
    }
    var random = new Random(1);
    for (int i = 0; i < 200; i++) {
      byte[] noise = new byte[good.length];
      random.nextBytes(noise);
      assertThat(accepts(verifier, withSignature(token, noise))).isFalse();
    }
    byte[] ones = new byte[good.length];
    Arrays.fill(ones, (byte) 0xff);
    assertThat(accepts(verifier, withSignature(token, ones))).isFalse();
    assertThat(accepts(verifier, withSignature(token, new byte[good.length]))).isFalse();
  }

  /** CVE-2022-21449: an r or s of 0 made everything valid. */
  @ParameterizedTest
  @MethodSource("providers")
  void numbersOutsideOfTheGroupAreRefused(Provider provider) throws Exception {
    var verifier = verifier(provider);
    String token = keys.token(JWSAlgorithm.ES256);
    byte[] good = signature(token);
    var r = new BigInteger(1, Arrays.copyOf(good, HALF));
    var s = new BigInteger(1, Arrays.copyOfRange(good, HALF, 2 * HALF));
    assertThat(accepts(verifier, withSignature(token, numbers(r, s)))).isTrue();

    for (var wrong :
        List.of(
            BigInteger.ZERO, BigInteger.ONE, ORDER, ORDER.add(BigInteger.ONE), ORDER.subtract(r))) {
      assertThat(accepts(verifier, withSignature(token, numbers(wrong, s)))).isFalse();
      assertThat(accepts(verifier, withSignature(token, numbers(wrong, wrong)))).isFalse();
    }
    for (var wrong : List.of(BigInteger.ZERO, BigInteger.ONE, ORDER, ORDER.add(BigInteger.ONE))) {
      assertThat(accepts(verifier, withSignature(token, numbers(r, wrong)))).isFalse();
    }
  }

  /** RFC 8032, section 5.1.7: an S from the order on is another writing of the same signature. */
  @ParameterizedTest
  @MethodSource("providers")
  void anEd25519SignatureHasOneWriting(Provider provider) throws Exception {
    var order =
        BigInteger.TWO.pow(252).add(new BigInteger("27742317777372353535851937790883648493"));
    String token = keys.token(JWSAlgorithm.EdDSA);
    byte[] signature = signature(token);
    byte[] s = reversed(Arrays.copyOfRange(signature, HALF, 2 * HALF));
    byte[] other =
        reversed(HexFormat.of().parseHex(String.format("%064x", new BigInteger(1, s).add(order))));
    System.arraycopy(other, 0, signature, HALF, HALF);
    assertThat(accepts(verifier(provider), withSignature(token, signature))).isFalse();
  }

  private static byte[] reversed(byte[] bytes) {
    byte[] reversed = new byte[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      reversed[i] = bytes[bytes.length - 1 - i];
    }
    return reversed;
  }

  @ParameterizedTest
  @MethodSource("providers")
  void aHeaderThatMustBeUnderstoodIsRefused(Provider provider) throws Exception {
    var verifier = verifier(provider);
    for (var algorithm : SigningKeys.ALGORITHMS) {
      var header =
          new JWSHeader.Builder(algorithm).criticalParams(Set.of("exp")).customParam("exp", 1);
      assertThat(accepts(verifier, keys.token(header))).as("%s", algorithm).isFalse();
    }
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void anAlgorithmThatTheIssuerIsNotConfiguredWithIsRefused(
      Provider provider, JWSAlgorithm algorithm) throws Exception {
    var others =
        SigningKeys.ALGORITHMS.stream()
            .filter(other -> !other.equals(algorithm))
            .collect(Collectors.toUnmodifiableSet());
    assertThat(accepts(verifier(provider, others), keys.token(algorithm))).isFalse();
  }

  @ParameterizedTest
  @MethodSource("providersAndAlgorithms")
  void manyThreadsCheckAtOnce(Provider provider, JWSAlgorithm algorithm) throws Exception {
    var verifier = verifier(provider);
    String token = keys.token(algorithm);
    byte[] bad = signature(token);
    bad[bad.length / 2] ^= 1;
    String tampered = withSignature(token, bad);
    var wrong =
        IntStream.range(0, 400)
            .parallel()
            .filter(
                i -> {
                  boolean good = i % 2 == 0;
                  var verdict = verifier.verify(good ? token : tampered).result();
                  return verdict instanceof Verdict.Accepted != good;
                })
            .count();
    assertThat(wrong).isZero();
  }
}

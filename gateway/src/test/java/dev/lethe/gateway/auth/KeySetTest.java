package dev.lethe.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.Base64URL;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.Provider;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KeySetTest {
  @ParameterizedTest
  @MethodSource("dev.lethe.gateway.auth.SignatureCheckTest#providers")
  void aKeyThatIsNoneSpoilsNoOther(Provider provider) throws Exception {
    var none =
        List.of(
            "{\"kty\":\"RSA\",\"kid\":\"even\",\"e\":\"AQAB\",\"n\":\""
                + Base64URL.encode(BigInteger.TWO.pow(2047).toByteArray())
                + "\"}",
            "{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"kid\":\"short\",\"x\":\""
                + Base64URL.encode("short".getBytes(StandardCharsets.US_ASCII))
                + "\"}",
            "{\"kty\":\"OKP\",\"crv\":\"X25519\",\"kid\":\"agreement\",\"x\":\""
                + Base64URL.encode(new byte[32])
                + "\"}");
    String set =
        new SigningKeys()
            .publicSet()
            .replace("\"keys\":[", "\"keys\":[" + String.join(",", none) + ",");
    assertThat(KeySet.parse(set, provider).keys())
        .extracting(key -> key.id().orElse(""))
        .contains("rsa", "ec", "ed")
        .doesNotContain("short", "agreement");
  }
}

package dev.lethe.bench.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.SignedJWT;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class MadeUpIssuerTest {
  private final MadeUpIssuer issuer = new MadeUpIssuer();

  @Test
  void allTokensAreDistinct() {
    var silent = new PrintStream(OutputStream.nullOutputStream());

    assertThat(issuer.tokens(JWSAlgorithm.ES256, 100, silent)).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void anAlteredTokenHasAnotherSignatureAndNothingElse() throws Exception {
    for (var algorithm : List.of(JWSAlgorithm.RS256, JWSAlgorithm.ES256)) {
      var token = issuer.token(algorithm);
      var altered = AuthBench.altered(token);

      assertThat(SignedJWT.parse(altered).getSigningInput())
          .isEqualTo(SignedJWT.parse(token).getSigningInput());
      assertThat(SignedJWT.parse(altered).getSignature().decode())
          .isNotEqualTo(SignedJWT.parse(token).getSignature().decode());
    }
  }
}

package dev.lethe.bench.core;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.auth.MadeUpIssuer;
import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.gateway.auth.Verdict;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A token checked as the gateway checks it: seen for the first time, and seen before. */
@State(Scope.Benchmark)
public class TokenCheck {
  private final MadeUpIssuer issuer = new MadeUpIssuer();
  private final String rs256 = issuer.token(JWSAlgorithm.RS256);
  private final String ps256 = issuer.token(JWSAlgorithm.PS256);
  private final String es256 = issuer.token(JWSAlgorithm.ES256);
  private final TokenVerifier forgetful = Verifiers.of(issuer, 0);
  private final TokenVerifier remembering = Verifiers.of(issuer, 1);

  @Benchmark
  public Verdict firstSeenRs256() {
    return forgetful.verify(rs256).result();
  }

  @Benchmark
  public Verdict firstSeenPs256() {
    return forgetful.verify(ps256).result();
  }

  @Benchmark
  public Verdict firstSeenEs256() {
    return forgetful.verify(es256).result();
  }

  @Benchmark
  public Verdict seenBefore() {
    return remembering.verify(rs256).result();
  }
}

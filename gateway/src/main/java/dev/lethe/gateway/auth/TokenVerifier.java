package dev.lethe.gateway.auth;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Provider;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks signed tokens (RFC 7515, RFC 7519) with the practices of RFC 8725: the algorithm must be
 * one that the issuer is configured with and that fits the key; unsigned tokens and shared secrets
 * do not exist here. Safe for use by many event loops.
 */
public final class TokenVerifier {
  /** How many accepted tokens are remembered, unless somebody asks for another number. */
  public static final int REMEMBERED = 10_000;

  private static final int MAX_TOKEN = 8 * 1024;
  private static final long TICK_MS = 5_000;

  private record Trusted(Issuer issuer, KeyRing ring) {}

  private final Vertx vertx;
  private final Provider provider;
  private final Duration skew;
  private final Clock clock;
  private final Map<String, Trusted> issuers = new LinkedHashMap<>();
  private final AcceptedTokens accepted;
  private volatile long timer = -1;

  /**
   * @param provider checks the signatures, see {@link SignatureProvider}
   * @param skew how far the issuers' clocks may be off
   */
  public TokenVerifier(
      Vertx vertx, Provider provider, List<Issuer> issuers, Duration skew, Clock clock) {
    this(vertx, provider, issuers, skew, clock, REMEMBERED);
  }

  /**
   * @param remembered at most so many accepted tokens, whose signature is not checked again
   */
  public TokenVerifier(
      Vertx vertx,
      Provider provider,
      List<Issuer> issuers,
      Duration skew,
      Clock clock,
      int remembered) {
    this.vertx = vertx;
    this.provider = provider;
    this.accepted = new AcceptedTokens(remembered);
    this.skew = skew;
    this.clock = clock;
    for (Issuer issuer : issuers) {
      if (this.issuers.put(issuer.issuer(), new Trusted(issuer, ring(issuer))) != null) {
        throw new IllegalArgumentException("an issuer is configured twice");
      }
    }
  }

  private KeyRing ring(Issuer issuer) {
    if (issuer.keys() instanceof KeySource.InFile file) {
      return new KeyRing(
          new FileKeyLoad(vertx, file.path()),
          provider,
          Duration.ofSeconds(1),
          Duration.ofSeconds(5),
          clock);
    }
    return new KeyRing(
        new UrlKeyLoad(vertx, (KeySource.AtUrl) issuer.keys()),
        provider,
        Duration.ofSeconds(30),
        Duration.ofMinutes(10),
        clock);
  }

  /** Loads all keys once and keeps them fresh from then on. A source that is away is no failure. */
  public Future<Void> start() {
    timer =
        vertx.setPeriodic(TICK_MS, tick -> issuers.values().forEach(t -> t.ring().refreshIfOld()));
    return Future.join(issuers.values().stream().map(t -> t.ring().refresh()).toList()).mapEmpty();
  }

  /** Stops refreshing. */
  public void stop() {
    vertx.cancelTimer(timer);
  }

  /** Whether there are keys for every issuer. */
  public boolean ready() {
    return issuers.values().stream()
        .allMatch(t -> t.ring().keys().filter(set -> !set.keys().isEmpty()).isPresent());
  }

  /** The issuer, when there is exactly one. */
  public Optional<String> soleIssuer() {
    return issuers.size() == 1 ? issuers.keySet().stream().findFirst() : Optional.empty();
  }

  /** Checks a compact token; completes on the caller's context and never fails. */
  public Future<Verdict> verify(String compact) {
    if (compact.length() > MAX_TOKEN) {
      return rejected();
    }
    String digest = digest(compact);
    var known = accepted.find(digest, clock.instant());
    if (known.isPresent()) {
      return Future.succeededFuture(new Verdict.Accepted(known.get()));
    }
    try {
      SignedJWT token = SignedJWT.parse(compact);
      JWTClaimsSet claims = token.getJWTClaimsSet();
      Trusted trusted = claims.getIssuer() == null ? null : issuers.get(claims.getIssuer());
      if (trusted == null
          || !trusted.issuer().algorithms().contains(token.getHeader().getAlgorithm())) {
        return rejected();
      }
      return withKeys(trusted, token)
          .map(keys -> keys.map(set -> check(token, claims, digest, trusted, set)))
          .map(verdict -> verdict.orElseGet(Verdict.KeysMissing::new));
    } catch (ParseException | IllegalArgumentException malformed) {
      return rejected();
    }
  }

  private static Future<Verdict> rejected() {
    return Future.succeededFuture(new Verdict.Rejected());
  }

  /** The present keys if one of them fits the token, else those after another load. */
  private Future<Optional<KeySet>> withKeys(Trusted trusted, SignedJWT token) {
    var present = trusted.ring().keys();
    if (present.filter(keys -> !keys.candidates(token.getHeader()).isEmpty()).isPresent()) {
      return Future.succeededFuture(present);
    }
    Promise<Optional<KeySet>> promise = Promise.promise();
    var context = vertx.getOrCreateContext();
    trusted
        .ring()
        .refresh()
        .onComplete(done -> context.runOnContext(go -> promise.complete(trusted.ring().keys())));
    return promise.future();
  }

  private Verdict check(
      SignedJWT token, JWTClaimsSet set, String digest, Trusted trusted, KeySet keys) {
    Instant now = clock.instant();
    var claims = Claims.check(set, trusted.issuer(), now, skew);
    if (claims.isEmpty() || !signed(token, keys)) {
      return new Verdict.Rejected();
    }
    var verified =
        new VerifiedToken(
            claims.get().subject(),
            claims.get().issuedAt().getEpochSecond(),
            claims.get().scopes(),
            digest);
    accepted.add(verified, claims.get().expires().plus(skew), keys, trusted.ring());
    return new Verdict.Accepted(verified);
  }

  private static boolean signed(SignedJWT token, KeySet keys) {
    return keys.candidates(token.getHeader()).stream().anyMatch(key -> signedBy(token, key));
  }

  private static boolean signedBy(SignedJWT token, KeySet.Key key) {
    try {
      return token.verify(key.verifier());
    } catch (JOSEException | IllegalStateException unfit) {
      return false;
    }
  }

  private static String digest(String compact) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(compact.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException missing) {
      throw new IllegalStateException("every Java has SHA-256", missing);
    }
  }
}

package dev.lethe.gateway.app.config;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an instance runs with.
 *
 * @param data folder of everything that this instance stores
 * @param redisUri of a server that somebody else runs
 * @param skew tolerated between the clocks of issuers and ours
 * @param issuers whose tokens are taken; with none, the development issuer's are
 * @param controller who decides about the processing, as receipts and exports name it
 * @param receivers who is told of erasures and withdrawals
 */
public record Config(
    Path data,
    Http http,
    Admin admin,
    Optional<String> redisUri,
    Keystore keystore,
    Duration skew,
    List<TokenIssuer> issuers,
    Rotation rotation,
    Retention retention,
    Optional<Path> catalog,
    Model model,
    String controller,
    List<NoticeTarget> receivers) {

  public Config {
    issuers = List.copyOf(issuers);
    receivers = List.copyOf(receivers);
  }

  /** The listener for clients. Without certificate files one is made. */
  public record Http(String host, int port, Optional<CertificateFiles> certificate) {}

  /**
   * The listener for administrators.
   *
   * @param clientCa authorities whose client certificates are then mandatory
   */
  public record Admin(String host, int port, Optional<Path> clientCa) {}

  /** PEM files of a certificate chain and its PKCS#8 key. */
  public record CertificateFiles(Path certificate, Path key) {}

  /**
   * Folder of the keystore and what opens it.
   *
   * @param mirrors folders with a copy each
   */
  public record Keystore(Path path, KeystoreSecret secret, List<Path> mirrors) {
    public Keystore {
      mirrors = List.copyOf(mirrors);
    }

    /** One without mirrors. */
    public Keystore(Path path, KeystoreSecret secret) {
      this(path, secret, List.of());
    }
  }

  /** What opens a keystore: a passphrase, or a token. */
  public sealed interface KeystoreSecret {}

  /** Where a passphrase comes from. */
  public sealed interface PassphraseSource extends KeystoreSecret {
    /** It was in the environment. */
    record Given(String passphrase) implements PassphraseSource {
      @Override
      public String toString() {
        return "Given[]";
      }
    }

    /** It is the first line of a file. */
    record InFile(Path path) implements PassphraseSource {}

    /** Nobody gave one: a random one is made and kept beside the keystore. */
    record Own() implements PassphraseSource {}
  }

  /**
   * A PKCS#11 token whose keys wrap the keystore.
   *
   * @param library of its vendor
   */
  public record Pkcs11(Path library, TokenChoice token, PinSource pin) implements KeystoreSecret {}

  /** Which of a library's tokens. */
  public sealed interface TokenChoice {
    /** By the label that it was initialised with. */
    record Labelled(String label) implements TokenChoice {}

    /** By the number of its slot. */
    record InSlot(int slot) implements TokenChoice {}
  }

  /** Where a token's PIN comes from. */
  public sealed interface PinSource {
    /** It was in the environment. */
    record Given(String pin) implements PinSource {
      @Override
      public String toString() {
        return "Given[]";
      }
    }

    /** It is the first line of a file. */
    record InFile(Path path) implements PinSource {}
  }

  /** Somebody whose tokens are taken. */
  public record TokenIssuer(
      String issuer, String audience, JwkSource keys, Set<String> algorithms) {
    public TokenIssuer {
      algorithms = Set.copyOf(algorithms);
    }
  }

  /** Where an issuer's public keys are. */
  public sealed interface JwkSource {
    /** A JWK set in a file. */
    record InFile(Path path) implements JwkSource {}

    /** A JWK set at an https address. */
    record AtUrl(URI uri) implements JwkSource {}
  }

  /**
   * Somebody who is told of erasures and withdrawals.
   *
   * @param name as it is shown
   * @param url https; only a retired one may lack it
   * @param ca authorities to trust instead of those of Java, PEM
   * @param tokenFile with a bearer token, readable by its owner alone
   * @param retired whether what still waits for it is given up
   */
  public record NoticeTarget(
      String name,
      Optional<URI> url,
      String audience,
      Optional<Path> ca,
      Optional<Path> tokenFile,
      boolean retired) {}

  /**
   * How long an epoch key lives.
   *
   * @param grace between the last resealed grant and the destruction of the old key
   * @param backupRequired whether the old key stays until there is a backup under the new one
   */
  public record Rotation(Duration every, Duration grace, boolean backupRequired) {
    /** One that waits for no backup. */
    public Rotation(Duration every, Duration grace) {
      this(every, grace, false);
    }
  }

  /**
   * What rankings are learned from, beyond the catalogue.
   *
   * @param publicRatings that others published
   * @param training whether it is learned from viewers who agreed to it
   * @param trainEvery how long what was learned is ranked by
   * @param minPeople of titles that fewer people share nothing learned is ranked by
   */
  public record Model(
      Optional<Path> publicRatings, boolean training, Duration trainEvery, int minPeople) {
    /** Viewers alone, as it is by default. */
    public static final Model STANDARD =
        new Model(Optional.empty(), true, Duration.ofHours(12), 20);
  }

  /**
   * How long events are kept.
   *
   * @param maxEvents for each person and field
   */
  public record Retention(int maxEvents, Duration maxAge) {}
}

package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/**
 * Looks into configured PEM files before anything listens: a server takes a key of another
 * certificate without a word and then fails every handshake.
 */
final class PemFiles {
  private PemFiles() {}

  /**
   * Makes sure that a certificate and a key can serve together.
   *
   * @throws FailedException saying which file is wrong
   */
  static void requirePair(Config.CertificateFiles files) {
    var certificate = certificate(files.certificate());
    PrivateKey key = key(files.key());
    try {
      if (!belongTogether(
          new JcaX509CertificateConverter().getCertificate(certificate).getPublicKey(), key)) {
        throw new FailedException(
            "key "
                + files.key()
                + " is not that of certificate "
                + files.certificate()
                + ": give the two that belong together");
      }
    } catch (GeneralSecurityException e) {
      throw new FailedException(
          "certificate " + files.certificate() + " and its key are of no kind that can be used", e);
    }
  }

  /**
   * Makes sure that a file holds a certificate.
   *
   * @throws FailedException when it does not
   */
  static void requireCertificate(Path file) {
    certificate(file);
  }

  /** Whether what one signs the other verifies; false for keys of different kinds. */
  static boolean belongTogether(PublicKey publicKey, PrivateKey privateKey)
      throws GeneralSecurityException {
    if (!publicKey.getAlgorithm().equals(privateKey.getAlgorithm())) {
      return false;
    }
    var probe = new byte[] {1};
    var signature =
        Signature.getInstance(
            switch (privateKey.getAlgorithm()) {
              case "RSA" -> "SHA256withRSA";
              case "EC" -> "SHA256withECDSA";
              default -> privateKey.getAlgorithm();
            });
    signature.initSign(privateKey);
    signature.update(probe);
    var signed = signature.sign();
    signature.initVerify(publicKey);
    signature.update(probe);
    return signature.verify(signed);
  }

  private static X509CertificateHolder certificate(Path file) {
    return first(file)
        .filter(X509CertificateHolder.class::isInstance)
        .map(X509CertificateHolder.class::cast)
        .orElseThrow(
            () -> new FailedException("file " + file + " does not begin with a PEM certificate"));
  }

  private static PrivateKey key(Path file) {
    try {
      if (first(file).orElse(file) instanceof PrivateKeyInfo info) {
        return new JcaPEMKeyConverter().getPrivateKey(info);
      }
    } catch (IOException e) {
      // Without the cause: a parser may quote what it read, and this is a private key.
      throw new FailedException("file " + file + " has a private key of no kind that can be used");
    }
    throw new FailedException("file " + file + " does not begin with a PKCS#8 PEM private key");
  }

  private static Optional<Object> first(Path file) {
    String text;
    try {
      text = Files.readString(file);
    } catch (IOException e) {
      throw new FailedException(
          "file " + file + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
    try (var pem = new PEMParser(new StringReader(text))) {
      return Optional.ofNullable(pem.readObject());
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty(); // what does not parse is not there, and the caller says what should
    }
  }
}

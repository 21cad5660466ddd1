package dev.lethe.gateway.app;

import java.io.IOException;
import java.io.StringReader;
import java.math.BigInteger;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.CertIOException;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate that an instance makes for itself (RFC 5280): it signs itself, so a client can
 * trust exactly it. Kept until it is about to expire or the host is another one.
 *
 * @param certificate PEM file, to be given to clients as trust anchor
 * @param key PKCS#8 PEM file
 */
record TlsCertificate(Path certificate, Path key) {
  private static final Logger LOG = LoggerFactory.getLogger(TlsCertificate.class);
  private static final String SIGNATURE = "SHA256withECDSA";
  private static final Duration LIFE = Duration.ofDays(365);
  private static final Duration RENEWAL = Duration.ofDays(30);
  private static final int SERIAL_BITS = 127;

  /**
   * The certificate in a folder, made if none there will do.
   *
   * @param hosts that clients may connect to besides localhost
   * @throws FailedException when it cannot be made
   */
  static TlsCertificate in(Path folder, Clock clock, String... hosts) {
    OwnerOnly.folder(folder);
    var files = new TlsCertificate(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    try {
      if (!files.usable(names(hosts), clock)) {
        files.make(names(hosts), clock);
      }
      return files;
    } catch (IOException | GeneralSecurityException | OperatorCreationException e) {
      throw new FailedException("certificate in " + folder + " cannot be made", e);
    }
  }

  private static Set<GeneralName> names(String... hosts) {
    var names = new LinkedHashSet<GeneralName>();
    names.add(new GeneralName(GeneralName.dNSName, "localhost"));
    names.add(new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
    names.add(new GeneralName(GeneralName.iPAddress, "::1"));
    Stream.of(hosts).map(TlsCertificate::name).forEach(names::add);
    return names;
  }

  private static GeneralName name(String host) {
    boolean address = host.contains(":") || host.matches("[0-9.]+");
    if (!address) {
      return new GeneralName(GeneralName.dNSName, host);
    }
    try {
      // A literal, so nothing is looked up; this only brings it into its usual form.
      return new GeneralName(
          GeneralName.iPAddress,
          InetAddress.getByName(host).getHostAddress().replaceAll("%.*", ""));
    } catch (IOException e) {
      throw new FailedException("host " + host + " is not an address", e);
    }
  }

  private boolean usable(Set<GeneralName> names, Clock clock) {
    if (!Files.exists(certificate) || !Files.exists(key)) {
      return false;
    }
    try (var certificatePem = new PEMParser(new StringReader(Files.readString(certificate)));
        var keyPem = new PEMParser(new StringReader(Files.readString(key)))) {
      if (!(certificatePem.readObject() instanceof X509CertificateHolder holder)
          || !(keyPem.readObject() instanceof PrivateKeyInfo info)) {
        return false;
      }
      var expiry = holder.getNotAfter().toInstant();
      var covered =
          GeneralNames.fromExtensions(holder.getExtensions(), Extension.subjectAlternativeName);
      return expiry.minus(RENEWAL).isAfter(clock.instant())
          && covered != null
          && Set.of(covered.getNames()).containsAll(names)
          && belongTogether(holder, info);
    } catch (IOException | GeneralSecurityException | IllegalArgumentException e) {
      LOG.warn("certificate is damaged and made anew: {}", e.getClass().getSimpleName());
      return false;
    }
  }

  /** A crash between the two files may have left halves of different pairs. */
  private static boolean belongTogether(X509CertificateHolder holder, PrivateKeyInfo info)
      throws IOException, GeneralSecurityException {
    return PemFiles.belongTogether(
        new JcaX509CertificateConverter().getCertificate(holder).getPublicKey(),
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded())));
  }

  private void make(Set<GeneralName> names, Clock clock)
      throws IOException, GeneralSecurityException, OperatorCreationException {
    var generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(new ECGenParameterSpec("secp256r1"));
    KeyPair pair = generator.generateKeyPair();
    var holder = certificate(pair, names, clock);
    OwnerOnly.write(key, pem("PRIVATE KEY", pair.getPrivate().getEncoded()));
    OwnerOnly.write(certificate, pem("CERTIFICATE", holder.getEncoded()));
  }

  private static X509CertificateHolder certificate(
      KeyPair pair, Set<GeneralName> names, Clock clock)
      throws GeneralSecurityException, OperatorCreationException, CertIOException {
    var now = clock.instant();
    var subject = new X500Name("CN=Lethe");
    var extensions = new JcaX509ExtensionUtils();
    return new JcaX509v3CertificateBuilder(
            subject,
            new BigInteger(SERIAL_BITS, new SecureRandom()).setBit(0),
            Date.from(now.minus(Duration.ofHours(1))),
            Date.from(now.plus(LIFE)),
            subject,
            pair.getPublic())
        .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
        .addExtension(
            Extension.keyUsage,
            true,
            new KeyUsage(KeyUsage.digitalSignature | KeyUsage.keyCertSign))
        .addExtension(
            Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth))
        .addExtension(
            Extension.subjectAlternativeName,
            false,
            new GeneralNames(names.toArray(GeneralName[]::new)))
        .addExtension(
            Extension.subjectKeyIdentifier,
            false,
            extensions.createSubjectKeyIdentifier(pair.getPublic()))
        .addExtension(
            Extension.authorityKeyIdentifier,
            false,
            extensions.createAuthorityKeyIdentifier(pair.getPublic()))
        .build(new JcaContentSignerBuilder(SIGNATURE).build(pair.getPrivate()));
  }

  private static String pem(String label, byte[] der) {
    var lines = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der);
    return "-----BEGIN " + label + "-----\n" + lines + "\n-----END " + label + "-----\n";
  }
}

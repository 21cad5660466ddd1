package dev.lethe.gateway.auth;

import java.security.Provider;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Who checks the signatures of tokens. Never registered in {@link java.security.Security}: nothing
 * but tokens is to change with it.
 */
public final class SignatureProvider {
  /** What is there on every machine. */
  static final Provider BOUNCY_CASTLE = new BouncyCastleProvider();

  private static final Logger LOG = LoggerFactory.getLogger(SignatureProvider.class);

  /** Named only, since its jar is built for some systems and is missing on all others. */
  private static final String CORRETTO =
      "com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider";

  private SignatureProvider() {}

  /**
   * The Corretto provider where its library loads and passes its own tests, Bouncy Castle
   * elsewhere. Says which in the log. Takes some hundred milliseconds the first time.
   */
  public static Provider fastest() {
    try {
      var type = Class.forName(CORRETTO);
      var provider = (Provider) type.getField("INSTANCE").get(null);
      type.getMethod("assertHealthy").invoke(provider);
      LOG.info("signatures of tokens are checked by {}", provider);
      return provider;
    } catch (ReflectiveOperationException | LinkageError unusable) {
      LOG.info(
          "signatures of tokens are checked by {}: the Corretto provider does not load here ({})",
          BOUNCY_CASTLE,
          reason(unusable));
      return BOUNCY_CASTLE;
    }
  }

  private static String reason(Throwable unusable) {
    var root = unusable;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}

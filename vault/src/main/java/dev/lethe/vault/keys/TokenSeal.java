package dev.lethe.vault.keys;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * A file whose secrets are wrapped by keys of a token: the keys of each epoch by one that is made
 * and destroyed with it, everything else by one of the installation. All is AES-256-GCM; what is
 * wrapped is bound to installation, epoch and purpose, and the rest of the file to all of that.
 */
final class TokenSeal implements ContentSeal {
  static final String FILE = "keystore.pkcs11";

  private static final int FORMAT = 1;
  private static final String INSTALLATION = "installationId";
  private static final String EPOCHS = "epochs";
  private static final String NUMBER = "number";
  private static final String KEYS = "keys";
  private static final String CONTENT_KEY = "contentKey";
  private static final String CONTENT = "content";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Token token;
  private final TokenKeys keys;
  private final SecureRandom random = new SecureRandom();

  TokenSeal(Token token) {
    this.token = token;
    this.keys = new TokenKeys(token);
  }

  @Override
  public String fileName() {
    return FILE;
  }

  @Override
  public byte[] seal(KeystoreContent content) throws IOException, GeneralSecurityException {
    var names = new TokenNames(content.installationId());
    var ofInstallation = keys.prepare(names, content);
    var root = JSON.createObjectNode();
    root.put("format", FORMAT).put(INSTALLATION, content.installationId());
    var epochs = root.putArray(EPOCHS);
    for (var epoch : content.living()) {
      var wrapping = keys.wrapping(names, epoch);
      var node = epochs.addObject().put(NUMBER, epoch.number()).putObject(KEYS);
      content
          .epochKeys()
          .getOrDefault(epoch.number(), Map.of())
          .forEach(
              (purpose, key) -> {
                var bound = names.bound(epoch.number(), purpose);
                node.put(purpose.name(), token.wrap(wrapping, bound, key));
              });
    }
    var contentKey = KeyBytes.random(random);
    root.put(CONTENT_KEY, token.wrap(ofInstallation, names.bound(), contentKey));
    root.put(CONTENT, sealed(contentKey, JSON.writeValueAsBytes(root), content));
    return JSON.writeValueAsBytes(root);
  }

  private static byte[] sealed(KeyBytes key, byte[] bound, KeystoreContent content)
      throws IOException, GeneralSecurityException {
    var plaintext = ContentCodec.encode(content.withKeys(Map.of()));
    try {
      return Gcm.seal(key, bound, plaintext);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  /** Epochs whose key the token does not hold come without their keys. */
  @Override
  public KeystoreContent open(byte[] bytes, Path file) {
    try {
      var root = JSON.readTree(bytes);
      if (!(root instanceof ObjectNode whole) || !root.path(INSTALLATION).isTextual()) {
        throw new KeystoreException("the file " + file + " is not a keystore of Lethe");
      }
      if (root.path("format").asInt() != FORMAT) {
        throw new KeystoreException(
            "the keystore "
                + file
                + " has format "
                + root.path("format").asText()
                + ", which this version of Lethe does not know; use the version that wrote it");
      }
      return open(whole, new TokenNames(root.path(INSTALLATION).asText()), file);
    } catch (IOException | GeneralSecurityException | RuntimeException e) {
      if (e instanceof KeystoreException already) {
        throw already;
      }
      throw new KeystoreException(
          "the keystore "
              + file
              + " does not open with the "
              + token
              + " ("
              + TokenFailure.reason(e)
              + "): check that the token is attached; if it is, the file is damaged: put back a copy",
          e);
    }
  }

  private KeystoreContent open(ObjectNode root, TokenNames names, Path file)
      throws IOException, GeneralSecurityException {
    var ofInstallation =
        keys.ofInstallation(names)
            .orElseThrow(
                () ->
                    new KeystoreException(
                        "the "
                            + token
                            + " holds no key of the installation that "
                            + file
                            + " belongs to: name the right token, or put the right file back"));
    var contentKey =
        token.unwrap(ofInstallation, names.bound(), root.path(CONTENT_KEY).binaryValue());
    var content = root.remove(CONTENT).binaryValue();
    var plaintext = Gcm.open(contentKey, JSON.writeValueAsBytes(root), content);
    try {
      return ContentCodec.decodeWithoutKeys(plaintext).withKeys(epochKeys(root, names));
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private Map<Integer, Map<Purpose, KeyBytes>> epochKeys(JsonNode root, TokenNames names)
      throws IOException, GeneralSecurityException {
    var all = new HashMap<Integer, Map<Purpose, KeyBytes>>();
    for (var epoch : root.path(EPOCHS)) {
      int number = epoch.path(NUMBER).asInt();
      var wrapping = keys.ofEpoch(names, number);
      if (wrapping.isPresent()) {
        var byPurpose = new EnumMap<Purpose, KeyBytes>(Purpose.class);
        for (var purpose : Purpose.values()) {
          var box = epoch.path(KEYS).path(purpose.name()).binaryValue();
          var bound = names.bound(number, purpose);
          byPurpose.put(purpose, token.unwrap(wrapping.orElseThrow(), bound, box));
        }
        all.put(number, byPurpose);
      }
    }
    return all;
  }

  @Override
  public void requireNewest(KeystoreContent content, Path file) {
    for (var epoch : content.living()) {
      if (epoch.state() != EpochState.PREPARED
          && !content.epochKeys().containsKey(epoch.number())) {
        throw older(file, "it has epoch " + epoch.number() + ", whose key is gone from the ");
      }
    }
    for (int epoch : keys.epochs(new TokenNames(content.installationId()))) {
      if (content.epoch(epoch).isEmpty()) {
        throw older(file, "it does not know epoch " + epoch + ", whose key is in the ");
      }
    }
  }

  private KeystoreException older(Path file, String why) {
    return new KeystoreException(
        "the keystore "
            + file
            + " is an older copy: "
            + why
            + token
            + "; put the newest copy back");
  }

  @Override
  public void settle(KeystoreContent content) {
    keys.settle(new TokenNames(content.installationId()), content);
  }

  @Override
  public void abandon() {
    keys.abandon();
  }

  @Override
  public boolean usable() {
    return keys.usable();
  }
}

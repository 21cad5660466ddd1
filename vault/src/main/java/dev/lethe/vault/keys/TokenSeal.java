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
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file whose secrets are wrapped by keys of a token: the keys of each epoch by one that is made
 * and destroyed with it, everything else by one of the installation. All is AES-256-GCM; what is
 * wrapped is bound to installation, epoch and purpose, and the rest of the file to all of that.
 *
 * <p>What stays true, whatever is interrupted: the token holds no key of an epoch that no file ever
 * knew, and an epoch counts as destroyed only when every file called it so <em>and then</em> the
 * token lost its key. So a key that is missing, or one that no file knows, means that the file is
 * an older copy, and never that a change was cut off. The exceptions are an epoch under which
 * nothing is sealed yet, whose keys are then made anew, and the time before there is a file.
 */
final class TokenSeal implements ContentSeal {
  static final String FILE = "keystore.pkcs11";

  private static final int FORMAT = 1;
  private static final String CONTENT = "content";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Token token;

  /** Made for epochs that the next file is the first to know; kept once it is written. */
  private final Map<String, SecretKey> pending = new HashMap<>();

  /** Kept by this process, so that it may take them back. */
  private final Set<String> kept = new HashSet<>();

  /** Whether a key of the installation was seen, so that it has to be there. */
  private boolean begun;

  private volatile Optional<String> installationId = Optional.empty();

  TokenSeal(Token token) {
    this.token = token;
  }

  @Override
  public String fileName() {
    return FILE;
  }

  @Override
  public byte[] seal(KeystoreContent content) throws IOException, GeneralSecurityException {
    pending.clear();
    var names = new TokenNames(content.installationId());
    var ofInstallation = installationKey(names);
    takeBack(names, content);
    var root = JSON.createObjectNode();
    root.put("format", FORMAT).put("installationId", content.installationId());
    var epochs = root.putArray("epochs");
    for (var epoch : content.living()) {
      var key = epochKey(names, epoch);
      var node = epochs.addObject().put("number", epoch.number()).putObject("keys");
      for (var entry : content.epochKeys().getOrDefault(epoch.number(), Map.of()).entrySet()) {
        var bound = names.bound(epoch.number(), entry.getKey());
        node.put(entry.getKey().name(), token.wrap(key, bound, entry.getValue()));
      }
    }
    var contentKey = KeyBytes.random(new SecureRandom());
    root.put("contentKey", token.wrap(ofInstallation, names.bound(), contentKey));
    root.put(CONTENT, sealed(contentKey, JSON.writeValueAsBytes(root), content));
    return JSON.writeValueAsBytes(root);
  }

  /**
   * A change may fail after its key was kept; a file that does not know that epoch must not be
   * written while the token still does.
   */
  private void takeBack(TokenNames names, KeystoreContent content) {
    for (int number : names.epochs(Set.copyOf(kept))) {
      if (content.epoch(number).isEmpty()) {
        token.destroy(names.epoch(number), names.installation());
        kept.remove(names.epoch(number));
      }
    }
  }

  private SecretKey installationKey(TokenNames names) {
    var known = token.key(names.installation());
    if (known.isEmpty() && begun) {
      throw lost();
    }
    begun = true;
    installationId = Optional.of(names.installationId());
    return known.orElseGet(() -> token.keep(names.installation(), token.generate()));
  }

  /**
   * The key that wraps an epoch. One of an epoch that is in use already, which a keystore has when
   * it is made or moved here, is kept before the file is written: it must never be missing.
   */
  private SecretKey epochKey(TokenNames names, EpochInfo epoch) {
    var name = names.epoch(epoch.number());
    return token
        .key(name)
        .orElseGet(
            () -> {
              var fresh = token.generate();
              if (epoch.state() != EpochState.PREPARED) {
                return token.keep(name, fresh);
              }
              pending.put(name, fresh);
              return fresh;
            });
  }

  private static byte[] sealed(KeyBytes key, byte[] bound, KeystoreContent content)
      throws IOException, GeneralSecurityException {
    var plaintext = ContentCodec.encode(content.withKeys(Map.of()));
    try {
      return Gcm.seal(Cipher.getInstance(Gcm.ALGORITHM), aes(key), bound, plaintext);
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private static SecretKey aes(KeyBytes key) {
    return key.export(bytes -> new SecretKeySpec(bytes, "AES"));
  }

  /** Epochs whose key the token does not hold come without their keys. */
  @Override
  public KeystoreContent open(byte[] bytes, Path file) {
    try {
      var root = JSON.readTree(bytes);
      if (!(root instanceof ObjectNode whole) || !root.path("installationId").isTextual()) {
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
      return open(whole, new TokenNames(root.path("installationId").asText()), file);
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
        token
            .key(names.installation())
            .orElseThrow(
                () ->
                    new KeystoreException(
                        "the "
                            + token
                            + " holds no key of the installation that "
                            + file
                            + " belongs to: name the right token, or put the right file back"));
    var contentKey =
        token.unwrap(ofInstallation, names.bound(), root.path("contentKey").binaryValue());
    var content = root.remove(CONTENT).binaryValue();
    var plaintext =
        Gcm.open(
            Cipher.getInstance(Gcm.ALGORITHM),
            aes(contentKey),
            JSON.writeValueAsBytes(root),
            content);
    try {
      var opened = ContentCodec.decodeWithoutKeys(plaintext).withKeys(keys(root, names));
      begun = true;
      installationId = Optional.of(names.installationId());
      return opened;
    } finally {
      Arrays.fill(plaintext, (byte) 0);
    }
  }

  private Map<Integer, Map<Purpose, KeyBytes>> keys(JsonNode root, TokenNames names)
      throws IOException, GeneralSecurityException {
    var all = new HashMap<Integer, Map<Purpose, KeyBytes>>();
    for (var epoch : root.path("epochs")) {
      int number = epoch.path("number").asInt();
      var key = token.key(names.epoch(number));
      if (key.isPresent()) {
        var keys = new EnumMap<Purpose, KeyBytes>(Purpose.class);
        for (var purpose : Purpose.values()) {
          var box = epoch.path("keys").path(purpose.name()).binaryValue();
          keys.put(purpose, token.unwrap(key.orElseThrow(), names.bound(number, purpose), box));
        }
        all.put(number, keys);
      }
    }
    return all;
  }

  @Override
  public void requireNewest(KeystoreContent content, Path file) {
    for (var epoch : content.living()) {
      if (epoch.state() != EpochState.PREPARED
          && !content.epochKeys().containsKey(epoch.number())) {
        throw older(file, "it wraps epoch " + epoch.number() + ", whose key is destroyed in the ");
      }
    }
    for (int epoch : new TokenNames(content.installationId()).epochs(token.names())) {
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

  /**
   * Keeps the keys of epochs that the files know now, and destroys those of epochs that all of them
   * call destroyed. Returns when the token shows just that.
   */
  @Override
  public void settle(KeystoreContent content) {
    var names = new TokenNames(content.installationId());
    kept.addAll(pending.keySet());
    pending.forEach(token::keep);
    pending.clear();
    for (int number : names.epochs(token.names())) {
      if (content
          .epoch(number)
          .filter(epoch -> epoch.state() == EpochState.DESTROYED)
          .isPresent()) {
        token.destroy(names.epoch(number), names.installation());
      }
    }
    if (!usable()) {
      throw lost();
    }
  }

  private KeystoreException lost() {
    return new KeystoreException(
        "the "
            + token
            + " does not show the key of this installation any more: attach it, and restart");
  }

  @Override
  public boolean usable() {
    try {
      return installationId
          .flatMap(id -> token.key(new TokenNames(id).installation()))
          .filter(token::works)
          .isPresent();
    } catch (KeystoreException e) {
      return false;
    }
  }
}

package dev.lethe.vault.keys;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.generators.SCrypt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers the PIN that a token refused, so that whatever restarts a service again and again does
 * not lock the token. What is kept is a salted scrypt hash (RFC 7914) of a PIN that opens nothing.
 */
final class RefusedPin {

  private static final Logger LOG = LoggerFactory.getLogger(RefusedPin.class);
  private static final int LENGTH = 32;

  private final Path file;
  private final Disk disk;

  RefusedPin(Path folder, Disk disk) {
    this.file = folder.resolve(KeystorePlace.REFUSED_PIN);
    this.disk = disk;
  }

  /**
   * Lets every PIN pass but the one that was refused last.
   *
   * @throws KeystoreException when it is that one
   */
  void requireOther(TokenSlot slot, String pin) {
    if (!Files.exists(file)) {
      return;
    }
    try {
      var kept = disk.read(file);
      if (kept.length > LENGTH) {
        var salt = Arrays.copyOf(kept, LENGTH);
        if (MessageDigest.isEqual(kept, hash(salt, slot, pin))) {
          throw new KeystoreException(
              "the "
                  + slot
                  + " refused this PIN before, so it is not tried again: give the right one, or, if the PIN was set to this one since, remove "
                  + file);
        }
      }
    } catch (IOException e) {
      throw new KeystoreException("the file " + file + " cannot be read: " + e.getMessage(), e);
    }
  }

  void remember(TokenSlot slot, String pin) {
    var salt = new byte[LENGTH];
    new SecureRandom().nextBytes(salt);
    var temporary = file.resolveSibling(KeystorePlace.REFUSED_PIN + ".new");
    try {
      disk.write(temporary, hash(salt, slot, pin));
      disk.replace(file, temporary);
    } catch (IOException e) {
      LOG.warn("{} cannot be written, so the wrong PIN may be tried again", file);
    }
  }

  void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      LOG.warn("{} cannot be removed", file);
    }
  }

  /** Salt and hash. */
  private static byte[] hash(byte[] salt, TokenSlot slot, String pin) {
    var text = (slot.library() + "\n" + slot.label() + "\n" + pin).getBytes(StandardCharsets.UTF_8);
    var hash = SCrypt.generate(text, salt, 1 << 14, 8, 1, LENGTH);
    var both = Arrays.copyOf(salt, LENGTH + LENGTH);
    System.arraycopy(hash, 0, both, LENGTH, LENGTH);
    return both;
  }
}

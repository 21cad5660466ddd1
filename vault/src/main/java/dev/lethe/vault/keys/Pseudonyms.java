package dev.lethe.vault.keys;

import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.crypto.KeyBytes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) under the pepper, base64url without padding: 43 characters. Texts are
 * preceded by their lengths, so no two inputs meet.
 */
public final class Pseudonyms {
  private static final String ALGORITHM = "HmacSHA256";

  private final ThreadLocal<Mac> macs;

  Pseudonyms(KeyBytes pepper) {
    this.macs = ThreadLocal.withInitial(() -> pepper.export(Pseudonyms::mac));
  }

  /** HMAC-SHA-256 under a key. */
  static Mac mac(byte[] key) {
    try {
      var mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(key, ALGORITHM));
      return mac;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + ALGORITHM, e);
    }
  }

  /** The name under which a person is stored. */
  public String of(SubjectRef person) {
    return of("subject", person.issuer(), person.subject());
  }

  /** A MAC of something that must not be stored as it is. */
  public String mac(String label, String value) {
    return of("mac", label, value);
  }

  private String of(String kind, String first, String second) {
    var mac = macs.get();
    update(mac, kind);
    update(mac, first);
    update(mac, second);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal());
  }

  private static void update(Mac mac, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    int length = bytes.length;
    if (!new String(bytes, StandardCharsets.UTF_8).equals(text)) {
      // Half a surrogate pair has no UTF-8: it would pass for a question mark.
      var units = ByteBuffer.allocate(Character.BYTES * text.length());
      units.asCharBuffer().put(text);
      bytes = units.array();
      length = -bytes.length;
    }
    mac.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    mac.update(bytes);
  }
}

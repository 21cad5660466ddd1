package dev.lethe.vault.crypto;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What a sealed blob is bound to, written so that no two different places give the same bytes:
 * every text is preceded by its length in two bytes.
 */
final class AssociatedData {
  private ByteBuffer bytes = ByteBuffer.allocate(128);

  private AssociatedData(String kind, SubjectLife subject) {
    text(kind).text(subject.pseudonym()).number(subject.life());
  }

  static AssociatedData of(String kind, SubjectLife subject) {
    return new AssociatedData(kind, subject);
  }

  AssociatedData text(String text) {
    var encoded = text.getBytes(UTF_8);
    if (encoded.length >= 1 << Short.SIZE) {
      throw new IllegalArgumentException("too long a text to be bound to");
    }
    room(Short.BYTES + encoded.length).putShort((short) encoded.length).put(encoded);
    return this;
  }

  AssociatedData number(long number) {
    room(Long.BYTES).putLong(number);
    return this;
  }

  private ByteBuffer room(int more) {
    if (bytes.remaining() < more) {
      bytes = ByteBuffer.allocate(2 * bytes.position() + more).put(bytes.flip());
    }
    return bytes;
  }

  byte[] toBytes() {
    return Arrays.copyOf(bytes.array(), bytes.position());
  }
}

package dev.lethe.vault.crypto;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * What a sealed blob is bound to, written so that no two different places give the same bytes:
 * every text is preceded by its length.
 */
final class AssociatedData {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(128);
  private final DataOutputStream out = new DataOutputStream(bytes);

  private AssociatedData(String kind, SubjectLife subject) {
    text(kind).text(subject.pseudonym()).number(subject.life());
  }

  static AssociatedData of(String kind, SubjectLife subject) {
    return new AssociatedData(kind, subject);
  }

  AssociatedData text(String text) {
    try {
      out.writeUTF(text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  AssociatedData number(long number) {
    try {
      out.writeLong(number);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }
}

package dev.lethe.vault.profile;

import dev.lethe.vault.crypto.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What {@link java.io.DataOutputStream} wrote, read value by value from an array. */
final class BinaryInput {
  private final ByteBuffer bytes;

  BinaryInput(byte[] bytes) {
    this.bytes = ByteBuffer.wrap(bytes);
  }

  boolean ended() {
    return !bytes.hasRemaining();
  }

  byte readByte() {
    return bytes.get();
  }

  boolean readBoolean() {
    return bytes.get() != 0;
  }

  int readInt() {
    return bytes.getInt();
  }

  long readLong() {
    return bytes.getLong();
  }

  double readDouble() {
    return bytes.getDouble();
  }

  void readFully(byte[] into) {
    bytes.get(into);
  }

  /** A text in modified UTF-8 behind its length. */
  String readUTF() {
    int length = Short.toUnsignedInt(bytes.getShort());
    int start = bytes.position();
    if (length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    bytes.position(start + length);
    for (int i = start; i < start + length; i++) {
      if (bytes.get(i) < 0) {
        return beyondAscii(start, length);
      }
    }
    return new String(bytes.array(), start, length, StandardCharsets.US_ASCII);
  }

  private String beyondAscii(int start, int length) {
    var text = new ByteArrayInputStream(bytes.array(), start - Short.BYTES, Short.BYTES + length);
    try {
      return new DataInputStream(text).readUTF();
    } catch (IOException e) {
      throw new UnreadableException("a text in a sealed text is malformed");
    }
  }
}

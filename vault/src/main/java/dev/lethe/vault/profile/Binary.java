package dev.lethe.vault.profile;

import dev.lethe.vault.crypto.UnreadableException;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;

/**
 * Reading and writing of plaintexts in memory, where the only fault is a text of another format.
 */
final class Binary {
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  interface Reader<T> {
    T read(BinaryInput in);
  }

  private Binary() {}

  static byte[] write(Writer writer) {
    var bytes = new ByteArrayOutputStream(256);
    try {
      writer.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /**
   * Reads a whole text.
   *
   * @throws UnreadableException when it ends early or goes on
   */
  static <T> T read(byte[] bytes, Reader<T> reader) {
    var in = new BinaryInput(bytes);
    T value;
    try {
      value = reader.read(in);
    } catch (BufferUnderflowException e) {
      throw new UnreadableException("a sealed text ends early");
    }
    if (!in.ended()) {
      throw new UnreadableException("a sealed text is longer than its content");
    }
    return value;
  }

  /** Reads a format from the oldest to the newest that is known. */
  static int format(BinaryInput in, int oldest, int newest) {
    int format = in.readByte();
    if (format < oldest || format > newest) {
      throw new UnreadableException("unknown format of a sealed text's content");
    }
    return format;
  }

  static void expectFormat(BinaryInput in, int format) {
    format(in, format, format);
  }
}

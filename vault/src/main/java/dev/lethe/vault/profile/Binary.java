package dev.lethe.vault.profile;

import dev.lethe.vault.crypto.UnreadableException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * Reading and writing of plaintexts in memory, where the only fault is a text of another format.
 */
final class Binary {
  interface Writer {
    void write(DataOutputStream out) throws IOException;
  }

  interface Reader<T> {
    T read(DataInputStream in) throws IOException;
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
    try (var in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      var value = reader.read(in);
      if (in.read() >= 0) {
        throw new UnreadableException("a sealed text is longer than its content");
      }
      return value;
    } catch (IOException e) {
      throw new UnreadableException("a sealed text ends early");
    }
  }

  /** Reads a format from the oldest to the newest that is known. */
  static int format(DataInputStream in, int oldest, int newest) throws IOException {
    int format = in.readByte();
    if (format < oldest || format > newest) {
      throw new UnreadableException("unknown format of a sealed text's content");
    }
    return format;
  }

  static void expectFormat(DataInputStream in, int format) throws IOException {
    format(in, format, format);
  }
}

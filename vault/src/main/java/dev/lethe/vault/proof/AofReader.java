package dev.lethe.vault.proof;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/**
 * Reads one append-only file command by command: RESP arrays of bulk strings, and the annotations
 * that Redis 7 may put between them, which are skipped. Holds one command at a time. The last one
 * may be torn, as a crash or a copy of a running server leaves it; anything else that Redis does
 * not write is refused.
 */
final class AofReader implements Closeable {
  private static final int BUFFER = 1 << 16;

  /** Limits of Redis itself: more is damage, not data. */
  private static final long MAX_WORDS = 1L << 31;

  private static final long MAX_WORD_BYTES = 1L << 29;
  private static final int MAX_LINE = 4096;

  private final InputStream in;
  private final String name;
  private long offset;
  private boolean torn;

  private AofReader(InputStream in, String name, long offset) {
    this.in = in;
    this.name = name;
    this.offset = offset;
  }

  /**
   * A reader that begins at an offset.
   *
   * @param from behind the dump with which the file begins, or 0
   */
  static AofReader open(Path file, long from) throws IOException {
    var in = new BufferedInputStream(Files.newInputStream(file), BUFFER);
    try {
      in.skipNBytes(from);
      return new AofReader(in, String.valueOf(file), from);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * The next command; empty at the end.
   *
   * @throws AofFormatException when Redis did not write this
   */
  public Optional<AofCommand> next() throws IOException {
    try {
      int first = in.read();
      while (first == '#') {
        offset++;
        line();
        first = in.read();
      }
      if (first < 0) {
        return Optional.empty();
      }
      offset++;
      return Optional.of(command(first));
    } catch (TornException e) {
      torn = true;
      return Optional.empty();
    }
  }

  /** Whether the file ended within a command. */
  public boolean torn() {
    return torn;
  }

  private AofCommand command(int first) throws IOException {
    expect('*', first);
    long size = number(MAX_WORDS);
    if (size == 0) {
      throw fault("a command without a name");
    }
    var words = new ArrayList<byte[]>();
    for (long i = 0; i < size; i++) {
      expect('$', read());
      words.add(bytes((int) number(MAX_WORD_BYTES)));
      expect('\r', read());
      expect('\n', read());
    }
    return new AofCommand(words);
  }

  /** A length as Redis writes it: digits alone, no zero in front. */
  private long number(long most) throws IOException {
    var line = line();
    long number = 0;
    for (int i = 0; i < line.length(); i++) {
      int digit = line.charAt(i) - '0';
      if (digit < 0 || digit > 9 || (number == 0 && i > 0) || number > most) {
        throw fault("a length that is none");
      }
      number = 10 * number + digit;
    }
    if (line.isEmpty() || number > most) {
      throw fault("a length that is none");
    }
    return number;
  }

  /** What stands before the next line end. */
  private String line() throws IOException {
    var line = new StringBuilder();
    int next = read();
    while (next != '\r') {
      if (line.length() == MAX_LINE) {
        throw fault("a line without an end");
      }
      line.append((char) next);
      next = read();
    }
    expect('\n', read());
    return line.toString();
  }

  private byte[] bytes(int length) throws IOException {
    var bytes = in.readNBytes(length);
    offset += bytes.length;
    if (bytes.length < length) {
      throw new TornException();
    }
    return bytes;
  }

  private int read() throws IOException {
    int next = in.read();
    if (next < 0) {
      throw new TornException();
    }
    offset++;
    return next;
  }

  private void expect(char expected, int found) throws AofFormatException {
    if (found != expected) {
      throw fault("a byte that Redis does not write there");
    }
  }

  private AofFormatException fault(String what) {
    return new AofFormatException(name + " is damaged at byte " + (offset - 1) + ": " + what);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  /** The file ended where it should have gone on. */
  private static final class TornException extends IOException {
    private static final long serialVersionUID = 1L;
  }
}

package dev.lethe.ranker.catalog;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** Splits a stream into lines of strict UTF-8, holding one line at a time. */
final class Lines {
  /** Above any line within the limits of a title, escapes included: against endless lines. */
  static final int MAX_BYTES = 256 * 1024;

  private final InputStream in;
  private final byte[] chunk = new byte[64 * 1024];
  private final ByteArrayOutputStream line = new ByteArrayOutputStream();
  private int position;
  private int end;

  Lines(InputStream in) {
    this.in = in;
  }

  /** The next line without its line feed; empty at the end of the stream. */
  Optional<String> next() throws IOException, LineFaultException {
    line.reset();
    while (true) {
      if (position == end) {
        end = Math.max(0, in.read(chunk));
        position = 0;
        if (end == 0) {
          return line.size() == 0 ? Optional.empty() : Optional.of(decoded());
        }
      }
      int start = position;
      while (position < end && chunk[position] != '\n') {
        position++;
      }
      if (line.size() + position - start > MAX_BYTES) {
        throw new LineFaultException("line longer than " + MAX_BYTES + " bytes");
      }
      line.write(chunk, start, position - start);
      if (position < end) {
        position++;
        return Optional.of(decoded());
      }
    }
  }

  private String decoded() throws LineFaultException {
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(line.toByteArray()))
          .toString();
    } catch (CharacterCodingException e) {
      throw new LineFaultException("not valid UTF-8");
    }
  }
}

package dev.lethe.gateway.edge;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.util.Optional;

/** Cuts a body into lines. Of a line that is too long nothing is kept but its number. */
final class LineCutter {
  private final int maxLine;
  private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
  private byte[] part = new byte[0];
  private int position;
  private long number;
  private boolean tooLong;
  private boolean finished;
  private Optional<LineFlow.Line> next = Optional.empty();

  LineCutter(int maxLine) {
    this.maxLine = maxLine;
  }

  /** Goes on with the next part; the one before is used up. */
  void add(byte[] bytes) {
    part = bytes;
    position = 0;
  }

  /** What was begun is the last line. */
  void finish() {
    finished = true;
  }

  boolean hasNext() {
    while (next.isEmpty()) {
      int end = position;
      while (end < part.length && part[end] != '\n') {
        end++;
      }
      keep(end);
      if (end < part.length) {
        position = end + 1;
        complete();
      } else if (finished && (begun.size() > 0 || tooLong)) {
        complete();
      } else {
        return false;
      }
    }
    return true;
  }

  LineFlow.Line next() {
    var line = next.orElseThrow();
    next = Optional.empty();
    return line;
  }

  private void keep(int end) {
    int length = end - position;
    if (tooLong || begun.size() + length > maxLine) {
      tooLong = true;
      begun.reset();
    } else {
      begun.write(part, position, length);
    }
    position = end;
  }

  private void complete() {
    number++;
    var bytes = begun.toByteArray();
    begun.reset();
    if (tooLong) {
      next = Optional.of(new LineFlow.Line(number, Optional.empty()));
    } else if (!isBlank(bytes)) {
      next = Optional.of(new LineFlow.Line(number, Optional.of(Buffer.buffer(bytes))));
    }
    tooLong = false;
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte character : bytes) {
      if (character != ' ' && character != '\t' && character != '\r') {
        return false;
      }
    }
    return true;
  }
}

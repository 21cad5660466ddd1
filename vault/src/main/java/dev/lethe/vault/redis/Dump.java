package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;

/**
 * Takes a dump off a running server as a replica does: {@code SYNC} makes it send everything as of
 * one moment, in the format of RDB. A server that may send without a file of its own ({@code
 * repl-diskless-sync}) ends the stream with a mark instead of announcing its length.
 */
final class Dump {
  private static final String MARKED = "EOF:";
  private static final int MARK_BYTES = 40;
  private static final int BLOCK = 1 << 16;

  private final RespConnection redis;

  Dump(RespConnection redis) {
    this.redis = redis;
  }

  void copyTo(OutputStream out) throws IOException {
    redis.call("REPLCONF", "capa", "eof");
    redis.send("SYNC".getBytes(UTF_8));
    var announced = redis.readLine();
    while (announced.isEmpty()) { // a sign of life while the server prepares
      announced = redis.readLine();
    }
    if (announced.startsWith("-")) {
      throw new RedisReplyException(announced.substring(1));
    }
    var rest = announced.substring(1);
    if (announced.startsWith("$" + MARKED)) {
      untilMark(rest.substring(MARKED.length()).getBytes(UTF_8), out);
    } else if (announced.startsWith("$") && rest.matches("\\d{1,18}")) {
      ofLength(Long.parseLong(rest), out);
    } else {
      throw new IOException("Redis does not send a dump");
    }
  }

  private void ofLength(long length, OutputStream out) throws IOException {
    var block = new byte[BLOCK];
    for (long left = length; left > 0; ) {
      int got = redis.read(block, 0, (int) Math.min(block.length, left));
      out.write(block, 0, got);
      left -= got;
    }
  }

  /** The last bytes may be the mark, so they are held back until more come. */
  private void untilMark(byte[] mark, OutputStream out) throws IOException {
    if (mark.length != MARK_BYTES) {
      throw new EOFException("Redis announces a dump without its mark");
    }
    var block = new byte[BLOCK + MARK_BYTES];
    int held = 0;
    while (true) {
      held += redis.read(block, held, BLOCK);
      int before = held - MARK_BYTES;
      if (before >= 0) {
        out.write(block, 0, before);
        System.arraycopy(block, before, block, 0, MARK_BYTES);
        held = MARK_BYTES;
        if (Arrays.equals(Arrays.copyOf(block, MARK_BYTES), mark)) {
          return;
        }
      }
    }
  }
}

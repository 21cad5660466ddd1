package dev.lethe.vault.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * What can be told of a dump in the format of RDB without understanding all of it: who wrote it,
 * and where it ends, since an append-only file may go on behind it. It ends with the byte 255 and
 * the CRC-64 (polynomial of Jones, reflected) of everything before, little-endian.
 *
 * @param length of the dump in bytes; commands may follow
 * @param writer the version of the Redis that wrote it, if it says
 */
record RdbFile(long length, Optional<String> writer) {
  /** What every dump begins with; four digits follow. */
  static final String MAGIC = "REDIS";

  private static final Pattern WRITER = Pattern.compile("\\x09redis-ver[\\x01-\\x20]([0-9.]+)");
  private static final int HEAD = 256;
  private static final int END = 255;
  private static final int CRC_BYTES = Long.BYTES;
  private static final long POLYNOMIAL = 0x95AC9329AC4BC9B5L;
  private static final long[] TABLE = table();

  private static long[] table() {
    var table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }

  static long crc(long crc, int next) {
    return TABLE[(int) (crc ^ next) & 0xff] ^ (crc >>> 8);
  }

  /**
   * Reads a file that begins with {@value #MAGIC}.
   *
   * @throws AofFormatException when no dump ends in it with the right checksum
   */
  static RdbFile read(Path file) throws IOException {
    try (var in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
      in.mark(HEAD);
      var writer = WRITER.matcher(new String(in.readNBytes(HEAD), ISO_8859_1));
      var version = writer.find() ? Optional.of(writer.group(1)) : Optional.<String>empty();
      in.reset();
      return new RdbFile(length(in, file), version);
    }
  }

  private static long length(InputStream in, Path file) throws IOException {
    long crc = 0;
    long length = 0;
    for (int next = in.read(); next >= 0; next = in.read()) {
      crc = crc(crc, next);
      length++;
      if (next == END) {
        in.mark(CRC_BYTES);
        var sum = in.readNBytes(CRC_BYTES);
        if (sum.length == CRC_BYTES
            && ByteBuffer.wrap(sum).order(ByteOrder.LITTLE_ENDIAN).getLong() == crc) {
          return length + CRC_BYTES;
        }
        in.reset();
      }
    }
    throw new AofFormatException(
        file + " is damaged, cut short, or written with rdbchecksum no: its checksum is not there");
  }

  /** Whether a server of one version reads what another wrote: its first two numbers decide. */
  static boolean reads(String reader, String writer) {
    var mine = reader.split("\\.", 3);
    var its = writer.split("\\.", 3);
    for (int i = 0; i < 2; i++) {
      int difference = number(mine, i) - number(its, i);
      if (difference != 0) {
        return difference > 0;
      }
    }
    return true;
  }

  private static int number(String[] version, int index) {
    return index < version.length && version[index].matches("\\d{1,5}")
        ? Integer.parseInt(version[index])
        : 0;
  }
}

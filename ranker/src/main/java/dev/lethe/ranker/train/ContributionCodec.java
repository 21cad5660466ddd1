package dev.lethe.ranker.train;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was counted of a person, by the number of the training that counted it, as bytes: a format
 * byte, how many there are, and of each the number (8 bytes) and twice a length and so many steps
 * from title to title, all of variable length, seven bits to a byte, the lowest first.
 */
final class ContributionCodec {
  private static final byte FORMAT = 1;
  private static final int MOST_BYTES_OF_AN_INT = 5;

  private ContributionCodec() {}

  static byte[] encode(Map<Long, Counted> contributions) {
    int size = 2;
    for (var counted : contributions.values()) {
      int titles = counted.liked().length + counted.turnedDown().length;
      size += Long.BYTES + MOST_BYTES_OF_AN_INT * (2 + titles);
    }
    var bytes = ByteBuffer.allocate(size).put(FORMAT).put((byte) contributions.size());
    new TreeMap<>(contributions)
        .forEach(
            (number, counted) -> {
              bytes.putLong(number);
              put(bytes, counted.liked());
              put(bytes, counted.turnedDown());
            });
    byte[] encoded = new byte[bytes.position()];
    bytes.flip().get(encoded);
    return encoded;
  }

  /** Empty when it is of another format: then it is not known what was counted. */
  static Optional<Map<Long, Counted>> decode(byte[] encoded) {
    var bytes = ByteBuffer.wrap(encoded);
    var contributions = new TreeMap<Long, Counted>();
    try {
      if (bytes.get() != FORMAT) {
        return Optional.empty();
      }
      int count = bytes.get();
      for (int i = 0; i < count; i++) {
        contributions.put(bytes.getLong(), new Counted(titles(bytes), titles(bytes)));
      }
    } catch (BufferUnderflowException e) {
      return Optional.empty();
    }
    return bytes.hasRemaining() ? Optional.empty() : Optional.of(contributions);
  }

  private static void put(ByteBuffer bytes, int[] titles) {
    put(bytes, titles.length);
    int before = 0;
    for (int title : titles) {
      put(bytes, title - before);
      before = title;
    }
  }

  private static void put(ByteBuffer bytes, int number) {
    int rest = number;
    while (rest >= 0x80) {
      bytes.put((byte) (rest | 0x80));
      rest >>>= 7;
    }
    bytes.put((byte) rest);
  }

  private static int[] titles(ByteBuffer bytes) {
    int length = number(bytes);
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    int[] titles = new int[length];
    int before = 0;
    for (int i = 0; i < length; i++) {
      before += number(bytes);
      titles[i] = before;
    }
    return titles;
  }

  private static int number(ByteBuffer bytes) {
    int number = 0;
    for (int shift = 0; ; shift += 7) {
      byte part = bytes.get();
      number |= (part & 0x7f) << shift;
      if (part >= 0) {
        return number;
      }
    }
  }
}

package dev.lethe.vault.profile;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.UnreadableException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * What a thief takes out of the text of a grant, whoever it belongs to.
 *
 * @param accessKey of the access log; only {@code self} holds it
 * @param documents the numbers of the documents that it lists; only {@code self} does
 */
public record StolenGrant(List<FieldKey> keys, Optional<KeyBytes> accessKey, List<Long> documents) {
  /** How many bytes {@link #plausible} looks at. */
  public static final int START = 1 + Integer.BYTES;

  /** A field key with its id, the name of its field and its period takes more than this. */
  private static final int KEY_BYTES = KeyBytes.LENGTH + 2 * Integer.BYTES;

  /**
   * Whether a text may be that of a grant; of noise, one in 2^23 or fewer may.
   *
   * @param start its first {@value #START} bytes
   * @param length of all of it, in bytes
   */
  public static boolean plausible(byte[] start, int length) {
    if (start.length < START || !GrantCodec.knows(start[0])) {
      return false;
    }
    int keys = ByteBuffer.wrap(start).getInt(1);
    return keys >= 0 && keys <= (length - START) / KEY_BYTES;
  }

  /** Reads a plausible text; empty when it is not that of a grant of this purpose. */
  public static Optional<StolenGrant> of(Purpose purpose, byte[] text) {
    try {
      if (purpose != Purpose.SELF) {
        return Optional.of(
            new StolenGrant(GrantCodec.decodeKeys(text), Optional.empty(), List.of()));
      }
      var self = GrantCodec.decode(text);
      return Optional.of(
          new StolenGrant(
              self.keys(),
              Optional.of(self.accessKey()),
              self.segments().stream()
                  .filter(segment -> !segment.field().holdsEvents())
                  .map(Segment::number)
                  .toList()));
    } catch (UnreadableException e) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return "StolenGrant[hidden]";
  }
}

package dev.lethe.vault.profile;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The plaintext of grants. Fields and purposes are written by name: their order in the code may
 * change, their names may not.
 */
final class GrantCodec {
  private static final int FORMAT = 1;

  /** From this format of the {@code self} grant on, it says how much of the ledger it has seen. */
  private static final int SELF_WITH_SEEN = 3;

  private static final int SELF_FORMAT = 4;

  private GrantCodec() {}

  /** Whether a text that begins with this byte may be that of a grant. */
  static boolean knows(byte format) {
    return format >= FORMAT && format <= SELF_FORMAT;
  }

  static byte[] encodeKeys(Collection<FieldKey> keys) {
    return Binary.write(
        out -> {
          out.writeByte(FORMAT);
          write(out, keys);
        });
  }

  static List<FieldKey> decodeKeys(byte[] bytes) {
    return Binary.read(
        bytes,
        in -> {
          Binary.expectFormat(in, FORMAT);
          return readKeys(in);
        });
  }

  static byte[] encode(SelfGrant self) {
    return Binary.write(
        out -> {
          out.writeByte(SELF_FORMAT);
          write(out, self.keys());
          write(out, self.accessKey());
          ConsentCodec.write(out, self.consents());
          out.writeLong(self.profileVersion());
          out.writeLong(self.updatedAt().toEpochMilli());
          out.writeLong(self.nextNumber());
          out.writeInt(self.segments().size());
          for (var segment : self.segments()) {
            out.writeUTF(segment.field().wireName());
            out.writeLong(segment.number());
            out.writeInt(segment.keyId());
            out.writeInt(segment.period());
            out.writeInt(segment.events());
          }
          out.writeByte(self.grantVersions().size());
          for (var grant : self.grantVersions().entrySet()) {
            out.writeUTF(grant.getKey().wireName());
            out.writeLong(grant.getValue());
          }
          out.writeLong(self.seen().orElseThrow());
        });
  }

  static SelfGrant decode(byte[] bytes) {
    return Binary.read(
        bytes,
        in -> {
          int format = Binary.format(in, FORMAT, SELF_FORMAT);
          return new SelfGrant(
              readKeys(in),
              readKey(in),
              ConsentCodec.read(in, format),
              in.readLong(),
              Instant.ofEpochMilli(in.readLong()),
              in.readLong(),
              readSegments(in),
              readVersions(in),
              format >= SELF_WITH_SEEN ? OptionalLong.of(in.readLong()) : OptionalLong.empty());
        });
  }

  private static void write(DataOutputStream out, Collection<FieldKey> keys) throws IOException {
    out.writeInt(keys.size());
    for (var key : keys) {
      out.writeInt(key.id());
      out.writeUTF(key.field().wireName());
      out.writeInt(key.period());
      write(out, key.key());
    }
  }

  private static List<FieldKey> readKeys(BinaryInput in) {
    int size = in.readInt();
    var keys = new ArrayList<FieldKey>(size);
    for (int i = 0; i < size; i++) {
      keys.add(new FieldKey(in.readInt(), ConsentCodec.readField(in), in.readInt(), readKey(in)));
    }
    return keys;
  }

  private static void write(DataOutputStream out, KeyBytes key) throws IOException {
    var written =
        key.<Integer>export(
            bytes -> {
              try {
                out.write(bytes);
                return bytes.length;
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    assert written == KeyBytes.LENGTH;
  }

  private static KeyBytes readKey(BinaryInput in) {
    var bytes = new byte[KeyBytes.LENGTH];
    in.readFully(bytes);
    try {
      return KeyBytes.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static List<Segment> readSegments(BinaryInput in) {
    int size = in.readInt();
    var segments = new ArrayList<Segment>(size);
    for (int i = 0; i < size; i++) {
      segments.add(
          new Segment(
              ConsentCodec.readField(in), in.readLong(), in.readInt(), in.readInt(), in.readInt()));
    }
    return segments;
  }

  private static Map<Purpose, Long> readVersions(BinaryInput in) {
    int size = in.readByte();
    var versions = new EnumMap<Purpose, Long>(Purpose.class);
    for (int i = 0; i < size; i++) {
      versions.put(ConsentCodec.readPurpose(in), in.readLong());
    }
    return versions;
  }
}

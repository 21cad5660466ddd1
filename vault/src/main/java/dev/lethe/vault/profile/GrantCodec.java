package dev.lethe.vault.profile;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.UnreadableException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The plaintext of grants. Fields and purposes are written by name: their order in the code may
 * change, their names may not.
 */
final class GrantCodec {
  private static final int FORMAT = 1;

  private GrantCodec() {}

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
          out.writeByte(FORMAT);
          write(out, self.keys());
          write(out, self.accessKey());
          write(out, self.consents());
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
        });
  }

  static SelfGrant decode(byte[] bytes) {
    return Binary.read(
        bytes,
        in -> {
          Binary.expectFormat(in, FORMAT);
          return new SelfGrant(
              readKeys(in),
              readKey(in),
              readConsents(in),
              in.readLong(),
              Instant.ofEpochMilli(in.readLong()),
              in.readLong(),
              readSegments(in),
              readVersions(in));
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

  private static List<FieldKey> readKeys(DataInputStream in) throws IOException {
    int size = in.readInt();
    var keys = new ArrayList<FieldKey>(size);
    for (int i = 0; i < size; i++) {
      keys.add(new FieldKey(in.readInt(), readField(in), in.readInt(), readKey(in)));
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

  private static KeyBytes readKey(DataInputStream in) throws IOException {
    var bytes = in.readNBytes(KeyBytes.LENGTH);
    if (bytes.length != KeyBytes.LENGTH) {
      throw new UnreadableException("a sealed text ends early");
    }
    try {
      return KeyBytes.copyOf(bytes);
    } finally {
      Arrays.fill(bytes, (byte) 0);
    }
  }

  private static void write(DataOutputStream out, ConsentRecord consents) throws IOException {
    out.writeLong(consents.version());
    out.writeByte(consents.decisions().size());
    for (var entry : consents.decisions().entrySet()) {
      var decision = entry.getValue();
      out.writeUTF(entry.getKey().wireName());
      out.writeLong(decision.version());
      out.writeLong(decision.at().toEpochMilli());
      out.writeByte(decision.fields().size());
      for (var field : decision.fields()) {
        out.writeUTF(field.wireName());
      }
    }
  }

  private static ConsentRecord readConsents(DataInputStream in) throws IOException {
    long version = in.readLong();
    int size = in.readByte();
    var decisions = new EnumMap<Purpose, ConsentRecord.Decision>(Purpose.class);
    for (int i = 0; i < size; i++) {
      var purpose = readPurpose(in);
      long decided = in.readLong();
      var at = Instant.ofEpochMilli(in.readLong());
      decisions.put(purpose, new ConsentRecord.Decision(readFields(in), decided, at));
    }
    return new ConsentRecord(version, decisions);
  }

  private static Set<Field> readFields(DataInputStream in) throws IOException {
    int size = in.readByte();
    var fields = EnumSet.noneOf(Field.class);
    for (int i = 0; i < size; i++) {
      fields.add(readField(in));
    }
    return fields;
  }

  private static List<Segment> readSegments(DataInputStream in) throws IOException {
    int size = in.readInt();
    var segments = new ArrayList<Segment>(size);
    for (int i = 0; i < size; i++) {
      segments.add(
          new Segment(readField(in), in.readLong(), in.readInt(), in.readInt(), in.readInt()));
    }
    return segments;
  }

  private static Map<Purpose, Long> readVersions(DataInputStream in) throws IOException {
    int size = in.readByte();
    var versions = new EnumMap<Purpose, Long>(Purpose.class);
    for (int i = 0; i < size; i++) {
      versions.put(readPurpose(in), in.readLong());
    }
    return versions;
  }

  private static Field readField(DataInputStream in) throws IOException {
    return Field.ofWireName(in.readUTF())
        .orElseThrow(() -> new UnreadableException("unknown field in a grant"));
  }

  private static Purpose readPurpose(DataInputStream in) throws IOException {
    return Purpose.ofConsentable(in.readUTF())
        .orElseThrow(() -> new UnreadableException("unknown purpose in a grant"));
  }
}

package dev.lethe.vault.profile;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.consent.ConsentRecord.Decision;
import dev.lethe.vault.consent.ConsentTerms;
import dev.lethe.vault.consent.ConsentTerms.Expression;
import dev.lethe.vault.crypto.UnreadableException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The consent record as it stands in the plaintext of the {@code self} grant. */
final class ConsentCodec {
  /** From this format of the {@code self} grant on, decisions carry their terms. */
  private static final int WITH_TERMS = 2;

  /** From this one on, they say by when nothing is learned from what was withdrawn. */
  private static final int WITH_MODEL_BY = 4;

  private ConsentCodec() {}

  static void write(DataOutputStream out, ConsentRecord consents) throws IOException {
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
      write(out, decision.terms());
      out.writeBoolean(decision.modelBy().isPresent());
      if (decision.modelBy().isPresent()) {
        out.writeLong(decision.modelBy().get().toEpochMilli());
      }
    }
  }

  private static void write(DataOutputStream out, Optional<ConsentTerms> terms) throws IOException {
    out.writeBoolean(terms.isPresent());
    if (terms.isPresent()) {
      var stated = terms.get();
      out.writeUTF(stated.controller());
      out.writeInt(stated.retention().maxEvents());
      out.writeLong(stated.retention().maxAge().toSeconds());
      out.writeUTF(stated.expression().wireName());
    }
  }

  /**
   * @param format of the {@code self} grant
   */
  static ConsentRecord read(BinaryInput in, int format) {
    long version = in.readLong();
    int size = in.readByte();
    var decisions = new EnumMap<Purpose, Decision>(Purpose.class);
    for (int i = 0; i < size; i++) {
      var purpose = readPurpose(in);
      long decided = in.readLong();
      var at = Instant.ofEpochMilli(in.readLong());
      var fields = readFields(in);
      var terms =
          format >= WITH_TERMS && in.readBoolean()
              ? Optional.of(readTerms(in))
              : Optional.<ConsentTerms>empty();
      var modelBy =
          format >= WITH_MODEL_BY && in.readBoolean()
              ? Optional.of(Instant.ofEpochMilli(in.readLong()))
              : Optional.<Instant>empty();
      decisions.put(purpose, new Decision(fields, decided, at, terms, modelBy));
    }
    return new ConsentRecord(version, decisions);
  }

  private static ConsentTerms readTerms(BinaryInput in) {
    var controller = in.readUTF();
    var retention = new RetentionRule(in.readInt(), Duration.ofSeconds(in.readLong()));
    var expression = in.readUTF();
    return new ConsentTerms(
        controller,
        retention,
        Stream.of(Expression.values())
            .filter(known -> known.wireName().equals(expression))
            .findFirst()
            .orElseThrow(() -> new UnreadableException("unknown kind of consent in a grant")));
  }

  private static Set<Field> readFields(BinaryInput in) {
    int size = in.readByte();
    var fields = EnumSet.noneOf(Field.class);
    for (int i = 0; i < size; i++) {
      fields.add(readField(in));
    }
    return fields;
  }

  static Field readField(BinaryInput in) {
    return Field.ofWireName(in.readUTF())
        .orElseThrow(() -> new UnreadableException("unknown field in a grant"));
  }

  static Purpose readPurpose(BinaryInput in) {
    return Purpose.ofConsentable(in.readUTF())
        .orElseThrow(() -> new UnreadableException("unknown purpose in a grant"));
  }
}

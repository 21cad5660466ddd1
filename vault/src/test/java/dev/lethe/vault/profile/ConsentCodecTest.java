package dev.lethe.vault.profile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.consent.ConsentTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ConsentCodecTest {
  private static final Instant AT = Instant.parse("2026-11-24T06:33:33.120Z");

  private static ConsentRecord read(byte[] bytes, int format) {
    return Binary.read(bytes, in -> ConsentCodec.read(in, format));
  }

  @Test
  void termsAndPromiseOfADecisionAreKeptWithIt() {
    var terms =
        new ConsentTerms(
            "Example Streaming",
            new RetentionRule(7, Duration.ofHours(5)),
            ConsentTerms.Expression.IMPORTED);
    var record =
        new ConsentRecord(
            4,
            Map.of(
                Purpose.TRAINING,
                new ConsentRecord.Decision(
                    Set.of(), 3, AT, Optional.of(terms), Optional.of(AT.plusMillis(1))),
                Purpose.PERSONALIZATION,
                new ConsentRecord.Decision(
                    Set.of(Field.HISTORY), 4, AT, Optional.empty(), Optional.empty())));

    assertThat(read(Binary.write(out -> ConsentCodec.write(out, record)), 4)).isEqualTo(record);
  }

  /** As the first format had it, byte for byte. */
  @Test
  void recordOfTheFirstFormatIsRead() {
    var first =
        Binary.write(
            out -> {
              out.writeLong(1);
              out.writeByte(1);
              out.writeUTF("training");
              out.writeLong(1);
              out.writeLong(AT.toEpochMilli());
              out.writeByte(1);
              out.writeUTF("history");
            });

    assertThat(read(first, 1))
        .isEqualTo(ConsentRecord.NONE.decide(Purpose.TRAINING, Set.of(Field.HISTORY), AT));
  }
}

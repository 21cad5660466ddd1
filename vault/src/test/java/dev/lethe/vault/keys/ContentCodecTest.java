package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.crypto.KeyBytes;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ContentCodecTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00.123456789Z");
  private static final int LAST = EpochState.values().length;
  private final SecureRandom random = new SecureRandom();

  private KeystoreContent content() {
    var content =
        new KeystoreContent(
            7,
            "an installation",
            true,
            KeyBytes.random(random),
            new byte[] {1, -1, 0, 127},
            List.of(),
            Map.of(),
            List.of());
    int number = 0;
    for (var state : EpochState.values()) {
      content =
          content.withEpoch(
              new EpochInfo(++number, state, NOW, Optional.empty()), () -> KeyBytes.random(random));
    }
    for (var state : Rotation.State.values()) {
      content =
          content.withRotation(
              new RotationRecord(
                  "r-" + state,
                  state,
                  "because \"…\"\n",
                  number,
                  ++number,
                  NOW,
                  state == Rotation.State.COMPLETE ? Optional.of(NOW) : Optional.empty(),
                  Long.MAX_VALUE,
                  number,
                  number % 2 == 0,
                  state == Rotation.State.PAUSED ? Optional.of(NOW) : Optional.empty()));
    }
    return content
        .withoutKeys(LAST)
        .withEpochs(info -> info.number() == LAST ? info.destroyed(NOW) : info);
  }

  @Test
  void everythingComesBack() throws IOException {
    var content = content();

    var decoded = ContentCodec.decode(ContentCodec.encode(content));

    assertThat(decoded)
        .usingRecursiveComparison()
        .withEqualsForType(KeyBytes::equals, KeyBytes.class)
        .isEqualTo(content);
    assertThat(decoded.epochKeys()).isEqualTo(content.epochKeys()).hasSize(3);
    assertThat(decoded.rotations()).isEqualTo(content.rotations());
    assertThat(decoded.pepper()).isEqualTo(content.pepper());
  }

  @Test
  void aDestroyedEpochsKeysAreNotWritten() throws IOException {
    var content = content();
    var keys =
        content.epochKeys().getOrDefault(1, Map.of()).values().stream()
            .map(key -> key.export(bytes -> Base64.getEncoder().encodeToString(bytes)))
            .toList();

    assertThat(text(content)).contains(keys);
    assertThat(text(content.withoutKeys(1))).doesNotContain(keys.toArray(String[]::new));
  }

  @Test
  void onlyTheLastRotationsAreKept() {
    var content = content();
    for (int i = 0; i < 150; i++) {
      content = content.withRotation(Folder.rotation("n-" + i, Rotation.State.COMPLETE, i));
    }
    content = content.withRotation(Folder.rotation("n-149", Rotation.State.RESEALING, 149));

    assertThat(content.rotations())
        .hasSize(100)
        .extracting(RotationRecord::id)
        .startsWith("n-50")
        .endsWith("n-149");
  }

  private static String text(KeystoreContent content) throws IOException {
    return new String(ContentCodec.encode(content), StandardCharsets.UTF_8);
  }
}

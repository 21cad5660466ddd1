package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keystore file as it was written before there was a content key, not made by today's code. */
final class FormerKeystoreTest {
  private static final String INSTALLATION = "7ac1f0e5-e3e4-4ed7-9f91-f254ab901120";

  @TempDir Path path;

  @Test
  void itOpensAndIsWrittenInTodaysFormAtTheNextTransition() throws IOException {
    var folder = new Folder(path);
    byte[] former;
    try (var in = getClass().getResourceAsStream("/formats/keystore-1.bcfks")) {
      former = Objects.requireNonNull(in).readAllBytes();
    }
    Files.write(folder.file(), former);

    var keystore = folder.open();
    assertThat(keystore.installationId()).isEqualTo(INSTALLATION);
    assertThat(folder.bytes()).isEqualTo(former);
    var key = keystore.ring().key(1, Purpose.SELF).orElseThrow();

    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    var first = folder.bytes();
    keystore.activate(2);
    var second = folder.bytes();

    var reopened = folder.open();
    assertThat(reopened.installationId()).isEqualTo(INSTALLATION);
    assertThat(reopened.ring().key(1, Purpose.SELF)).contains(key);
    assertThat(reopened.ring().active()).isEqualTo(2);
    assertThat(first).isNotEqualTo(former);
    assertThat(Arrays.mismatch(first, second))
        .as("the part that costs a derivation is kept as it is")
        .isGreaterThan(400);
  }
}

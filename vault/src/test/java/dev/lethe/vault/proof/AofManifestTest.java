package dev.lethe.vault.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AofManifestTest {
  @TempDir Path folder;

  private AofManifest read(String... lines) throws IOException {
    return AofManifest.read(Files.write(folder.resolve("appendonly.aof.manifest"), List.of(lines)));
  }

  @Test
  void everyPartIsNamed() throws IOException {
    assertThat(
            read(
                    "# a comment",
                    "file appendonly.aof.2.base.rdb seq 2 type b",
                    "file appendonly.aof.1.incr.aof seq 1 type h",
                    "",
                    "file appendonly.aof.3.incr.aof seq 3 type i startoffset 12",
                    "file \"append \\\"only.aof.4.incr.aof\" seq 4 type i")
                .parts())
        .containsExactly(
            "appendonly.aof.2.base.rdb",
            "appendonly.aof.1.incr.aof",
            "appendonly.aof.3.incr.aof",
            "append \"only.aof.4.incr.aof");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "file a seq 1",
        "file a type i",
        "seq 1 type i",
        "file a seq 1 type x",
        "file a seq 1 type",
        "file \"a seq 1 type i",
        "file ../a seq 1 type i",
        "file .. seq 1 type i",
        "file /etc/passwd seq 1 type i",
        "nonsense"
      })
  void whatIsNoLineOfAManifestIsRefused(String line) {
    assertThatThrownBy(() -> read(line))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("appendonly.aof.manifest line 1 ");
  }
}

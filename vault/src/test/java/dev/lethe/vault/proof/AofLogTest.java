package dev.lethe.vault.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AofLogTest {
  @TempDir Path folder;

  private Path parts() throws IOException {
    return Files.createDirectories(folder.resolve("appendonlydir"));
  }

  private static void write(Path file, String... names) throws IOException {
    var text = new StringBuilder();
    for (var name : names) {
      text.append("*1\r\n$").append(name.length()).append("\r\n").append(name).append("\r\n");
    }
    Files.writeString(file, text);
  }

  private void manifest(String... lines) throws IOException {
    Files.write(parts().resolve("appendonly.aof.manifest"), List.of(lines));
  }

  private static List<String> names(AofLog log) throws IOException {
    var names = new ArrayList<String>();
    log.read(command -> names.add(command.name()));
    return names;
  }

  @Test
  void aSingleFileIsFoundInItsFolderAndByItsName() throws IOException {
    write(folder.resolve("appendonly.aof"), "A", "B");

    assertThat(names(AofLog.in(folder))).containsExactly("A", "B");
    assertThat(names(AofLog.in(folder.resolve("appendonly.aof")))).containsExactly("A", "B");
  }

  @Test
  void partsAreReadInTheOrderInWhichTheyWereWritten() throws IOException {
    write(parts().resolve("appendonly.aof.2.base.aof"), "BASE");
    write(parts().resolve("appendonly.aof.1.base.aof"), "OLD-BASE");
    write(parts().resolve("appendonly.aof.1.incr.aof"), "OLD");
    write(parts().resolve("appendonly.aof.2.incr.aof"), "NEW");
    write(parts().resolve("appendonly.aof.3.incr.aof"), "NEWER");
    write(parts().resolve("appendonly.aof.4.incr.aof"), "UNLISTED");
    manifest(
        "file appendonly.aof.2.base.aof seq 2 type b",
        "file appendonly.aof.1.base.aof seq 1 type h",
        "file appendonly.aof.1.incr.aof seq 1 type h",
        "file appendonly.aof.2.incr.aof seq 2 type i",
        "file appendonly.aof.3.incr.aof seq 3 type i startoffset 12");

    for (var place : List.of(folder, parts(), parts().resolve("appendonly.aof.manifest"))) {
      assertThat(names(AofLog.in(place)))
          .containsExactly("OLD-BASE", "OLD", "BASE", "NEW", "NEWER");
    }
  }

  @Test
  void aNameInQuotesIsRead() throws IOException {
    write(parts().resolve("append only.aof.1.incr.aof"), "A");
    manifest("# a comment", "file \"append only.aof.1.incr.aof\" seq 1 type i");

    assertThat(names(AofLog.in(folder))).containsExactly("A");
  }

  @Test
  void onlyTheLastFileMayBeTorn() throws IOException {
    Files.writeString(parts().resolve("one"), "*1\r\n$1\r\nA\r\n*1\r\n$1");
    write(parts().resolve("two"), "B");
    manifest("file two seq 1 type b", "file one seq 1 type i");

    var extent = AofLog.in(folder).read(command -> {});
    assertThat(extent).isEqualTo(new AofLog.Extent(2, true));

    manifest("file one seq 1 type b", "file two seq 1 type i");
    assertThatThrownBy(() -> AofLog.in(folder).read(command -> {}))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("ends within a command");
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
  void aManifestThatIsNoneIsRefused(String line) throws IOException {
    manifest(line);

    assertThatThrownBy(() -> AofLog.in(folder))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("appendonly.aof.manifest line 1 ");
  }

  @Test
  void aMissingPartIsNotPassedOver() throws IOException {
    manifest("file gone seq 1 type i");

    assertThatThrownBy(() -> AofLog.in(folder).read(command -> {}))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void aFolderWithoutALogIsRefused() {
    assertThatThrownBy(() -> AofLog.in(folder))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("holds no append-only file");
  }

  @Test
  void twoManifestsAreRefused() throws IOException {
    manifest("file a seq 1 type i");
    Files.copy(parts().resolve("appendonly.aof.manifest"), parts().resolve("other.aof.manifest"));

    assertThatThrownBy(() -> AofLog.in(folder)).isInstanceOf(AofFormatException.class);
  }
}

package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DataFolderTest {
  @TempDir Path folder;

  @Test
  void secondInstanceIsRefusedUntilTheFirstEnds() {
    var data = folder.resolve("data");
    try (var first = DataFolder.lock(data)) {
      assertThat(first.path()).isEqualTo(data);
      assertThatThrownBy(() -> DataFolder.lock(data))
          .isInstanceOf(FailedException.class)
          .hasMessage(
              "data folder "
                  + data
                  + " is in use by another instance: stop that one, or name another with --data");
    }
    DataFolder.lock(data).close();
  }

  @Test
  void folderIsForItsOwnerOnly() throws Exception {
    DataFolder.lock(folder.resolve("a/b")).close();

    assertThat(Files.getPosixFilePermissions(folder.resolve("a/b")))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }

  @Test
  void fileInThePlaceOfTheFolderIsNamed() throws Exception {
    var file = Files.writeString(folder.resolve("data"), "");

    assertThatThrownBy(() -> DataFolder.lock(file))
        .isInstanceOf(FailedException.class)
        .hasMessage("folder " + file + " cannot be made: a file is in its place");
  }
}

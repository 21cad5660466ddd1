package dev.lethe.vault.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.redis.RedisFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CopiesTest {
  private static final String COMMAND = "*3\r\n$3\r\nSET\r\n$4\r\nlate\r\n$5\r\nvalue\r\n";

  @TempDir Path folder;

  private List<String> read(Path place) throws IOException {
    var found = new ArrayList<String>();
    for (var source : Copies.at(place)) {
      source.read(
          command -> {
            var words = new ArrayList<String>();
            for (int i = 0; i < command.size(); i++) {
              words.add(command.text(i));
            }
            found.add(String.join(" ", words));
          });
    }
    return found;
  }

  private Path dump() throws IOException {
    try (var redis = RedisFixture.start()) {
      redis.command("HSET", "s:{p}", "history.1", "sealed");
      redis.command("RPUSH", "a:{p}", "one", "two");
      redis.command("SET", "i:{p}:x", "once");
      redis.command("SADD", "odd", "member");
      redis.command("ZADD", "odder", "1", "ranked");
      redis.command("SAVE");
      var file = folder.resolve("deep/er/copy.rdb");
      Files.createDirectories(folder.resolve("deep/er"));
      return Files.copy(redis.dataDir().resolve("redis/dump.rdb"), file);
    }
  }

  @Test
  void everythingInADumpIsShownAndWhatFollowsItToo() throws IOException {
    var file = dump();
    Files.writeString(file, COMMAND, ISO_8859_1, StandardOpenOption.APPEND);

    assertThat(read(folder))
        .containsExactlyInAnyOrder(
            "HSET s:{p} history.1 sealed",
            "RPUSH a:{p} one two",
            "SET i:{p}:x once",
            "SADD odd member",
            "ZADD odder ranked",
            "SET late value");
  }

  @Test
  void damagedOrNewerDumpIsRefusedInOneLine() throws IOException {
    var file = dump();
    var bytes = Files.readAllBytes(file);
    bytes[bytes.length - 1] ^= 1;
    Files.write(file, bytes);
    assertThatThrownBy(() -> read(file))
        .isInstanceOf(AofFormatException.class)
        .hasMessageContaining("checksum");

    assertThat(RdbFile.reads("6.2.11", "7.0.0")).isFalse();
    assertThat(RdbFile.reads("7.2.0", "7.2.9")).isTrue();
    assertThat(RdbFile.reads("7.10.1", "7.9.9")).isTrue();
  }

  @Test
  void filesAreTakenByWhatTheyBeginWith() throws IOException {
    Files.writeString(folder.resolve("renamed.bin"), COMMAND, ISO_8859_1);
    Files.writeString(folder.resolve("notes.md"), "* a list\n* of things\n");
    Files.writeString(folder.resolve("torn.aof"), COMMAND + "*3\r\n$3\r\nSE", ISO_8859_1);

    assertThat(read(folder)).containsExactly("SET late value", "SET late value");
  }

  @Test
  void folderWithoutAnythingOrWithAPartMissingIsRefused() throws IOException {
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("holds no file of Redis");

    Files.writeString(folder.resolve("a.manifest"), "file a.1.incr.aof seq 1 type i\n", ISO_8859_1);
    assertThatThrownBy(() -> read(folder)).hasMessageContaining("which is missing");
  }

  @Test
  void checksumIsThatOfRedis() {
    long crc = 0;
    for (var next : "123456789".getBytes(ISO_8859_1)) {
      crc = RdbFile.crc(crc, next);
    }
    assertThat(crc).isEqualTo(0xe9c6d914c4b8d9caL);
  }
}

package dev.lethe.vault.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedRedisTest {
  @TempDir Path dir;

  private List<String> call(String... command) throws IOException {
    return RespProbe.call(RedisFolder.of(dir).socket(), Duration.ofSeconds(5), command);
  }

  @Test
  void acknowledgedWritesSurviveAKill() throws IOException {
    var redis = EmbeddedRedis.start(dir);
    try {
      for (var i = 0; i < 500; i++) {
        call("SET", "k" + i, "v" + i);
      }
      var process = redis.process().orElseThrow();
      process.handle().destroyForcibly();
      process.end(Duration.ofSeconds(10));
      assertThat(redis.running()).isFalse();

      redis.ensureRunning();

      assertThat(call("DBSIZE")).containsExactly("500");
      assertThat(call("GET", "k499")).containsExactly("v499");
      assertThat(redis.process().orElseThrow().handle().pid()).isNotEqualTo(process.handle().pid());
    } finally {
      redis.stop();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void rewriteHasALowPriority() throws IOException {
    var redis = EmbeddedRedis.start(dir);
    try {
      call("DEBUG", "POPULATE", "400000", "key", "200"); // enough to be met at work
      call("BGREWRITEAOF");
      var rewrite = redis.process().orElseThrow().handle().children().toList();
      assertThat(rewrite).hasSize(1);

      redis.lowerRewrites();

      assertThat(niceness(rewrite.get(0))).isEqualTo(10);
      assertThat(niceness(redis.process().orElseThrow().handle())).isZero();
    } finally {
      redis.stop();
    }
  }

  /** They would outlive every erasure after them. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void leftoversOfAKilledRewriteAreGoneAtTheNextStart() throws Exception {
    var redis = EmbeddedRedis.start(dir);
    try {
      call("DEBUG", "POPULATE", "400000", "key", "200"); // enough to be met at work
      call("BGREWRITEAOF");
      var server = redis.process().orElseThrow();
      var rewrite = server.handle().children().findFirst().orElseThrow();
      assertThat(ServerProcess.until(() -> unfinished() > 0, Duration.ofSeconds(10))).isTrue();
      var stop = new ProcessBuilder("kill", "-STOP", Long.toString(rewrite.pid())).start();
      assertThat(stop.waitFor()).isZero();
      server.handle().destroyForcibly();
      server.end(Duration.ofSeconds(10));
      assertThat(unfinished()).isPositive();
      assertThat(ServerProcess.forkedIn(RedisFolder.of(dir)))
          .containsExactly(new ServerProcess(rewrite));

      redis.ensureRunning();

      assertThat(unfinished()).isZero();
      assertThat(new ServerProcess(rewrite).alive()).isFalse();
      assertThat(ServerProcess.forkedIn(RedisFolder.of(dir))).isEmpty();
    } finally {
      redis.stop();
    }
  }

  private long unfinished() {
    try (var files = Files.list(dir.resolve("redis"))) {
      return files.filter(file -> file.getFileName().toString().startsWith("temp-")).count();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int niceness(ProcessHandle process) throws IOException {
    var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[16]);
  }

  @Test
  void runningServerIsAdopted() {
    var first = EmbeddedRedis.start(dir);
    var pid = first.process().orElseThrow().handle().pid();

    var second = EmbeddedRedis.start(dir);

    assertThat(second.process().orElseThrow().handle().pid()).isEqualTo(pid);
    assertThat(second.uri()).isEqualTo(first.uri());
    second.stop();
    assertThat(first.running()).isFalse();
  }

  @Test
  void strangersServerAtOurSocketIsNotAdopted() throws IOException {
    var redis = EmbeddedRedis.start(dir);
    try {
      Files.createDirectory(dir.resolve("elsewhere"));
      call("CONFIG", "SET", "dir", dir.resolve("elsewhere").toString());

      assertThatThrownBy(() -> EmbeddedRedis.start(dir))
          .isInstanceOf(RedisUnavailableException.class)
          .hasMessageContaining("another Redis");
    } finally {
      call("CONFIG", "SET", "dir", dir.resolve("redis").toRealPath().toString());
      redis.stop();
    }
  }

  @Test
  void stoppedServerIsGoneAndItsDataComesBack() throws IOException {
    var redis = EmbeddedRedis.start(dir);
    call("SET", "k", "v");
    var process = redis.process().orElseThrow();

    redis.stop();
    redis.stop();

    assertThat(process.alive()).isFalse();
    assertThatThrownBy(redis::ensureRunning).isInstanceOf(RedisUnavailableException.class);
    var again = EmbeddedRedis.start(dir);
    try {
      assertThat(call("GET", "k")).containsExactly("v");
    } finally {
      again.stop();
    }
  }

  @Test
  void longDataFolderStillGetsASocket() throws IOException {
    var deep = Files.createDirectories(dir.resolve("long ".repeat(30).trim()));
    var redis = EmbeddedRedis.start(deep);
    try {
      var folder = RedisFolder.of(deep);
      assertThat(folder.folder().toString()).hasSizeGreaterThan(RedisFolder.LONGEST_SOCKET);
      assertThat(folder.socket().toString().length())
          .isLessThanOrEqualTo(RedisFolder.LONGEST_SOCKET);
      assertThat(Files.getPosixFilePermissions(folder.socket().getParent())).hasSize(3);
      assertThat(redis.running()).isTrue();
    } finally {
      redis.stop();
    }
  }

  @Test
  void filesAreForNobodyElse() throws IOException {
    var redis = EmbeddedRedis.start(dir);
    try {
      assertThat(Files.getPosixFilePermissions(dir.resolve("redis"))).hasSize(3);
      assertThat(call("CONFIG", "GET", "appendfsync")).containsExactly("appendfsync", "always");
      assertThat(call("CONFIG", "GET", "port")).containsExactly("port", "0");
      assertThat(call("CONFIG", "GET", "save")).containsExactly("save", "");
    } finally {
      redis.stop();
    }
  }

  @Test
  void ruinedFileIsNamedInTheErrorFromTheLog() throws IOException {
    var redis = EmbeddedRedis.start(dir);
    call("SET", "k", "v");
    redis.stop();
    try (var files = Files.walk(dir.resolve("redis"))) {
      for (var file : files.filter(path -> path.toString().endsWith(".aof")).toList()) {
        Files.writeString(file, "not commands\r\n");
      }
    }

    assertThatThrownBy(() -> EmbeddedRedis.start(dir))
        .isInstanceOf(RedisUnavailableException.class)
        .hasMessageContaining("does not start")
        .hasMessageContaining("append only file")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void oldServerOfThePathIsPassedOver() throws IOException {
    var old = Files.createDirectory(dir.resolve("old")).resolve("redis-server");
    Files.writeString(old, "#!/bin/sh\necho Redis server v=6.2.11 sha=0\n");
    var recent = Files.createDirectory(dir.resolve("new")).resolve("redis-server");
    Files.writeString(recent, "#!/bin/sh\necho Redis server v=7.4.1 sha=0\n");
    assertThat(old.toFile().setExecutable(true)).isTrue();
    assertThat(recent.toFile().setExecutable(true)).isTrue();

    assertThat(RedisBinary.ofPath(dir.resolve("old").toString())).isEmpty();
    assertThat(RedisBinary.ofPath(dir + ":" + dir.resolve("new"))).contains(recent);
  }
}

package dev.lethe.vault.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Where a server of ours lives: {@code redis/} in the data folder, for nobody else to read.
 *
 * @param folder real path
 */
record RedisFolder(Path folder, Path socket) {
  /** Longest path of a unix socket in bytes: {@code sun_path} of 108 with its final zero. */
  static final int LONGEST_SOCKET = 107;

  private static final String PRIVATE = "rwx------";

  static RedisFolder of(Path dataDir) throws IOException {
    Files.createDirectories(dataDir);
    var folder = ownFolder(dataDir.toRealPath().resolve("redis"));
    var socket = folder.resolve("redis.sock");
    if (socket.toString().getBytes(UTF_8).length > LONGEST_SOCKET) {
      var name = "lethe-" + hash(folder).substring(0, 24);
      var short_ = ownFolder(Path.of(System.getProperty("java.io.tmpdir")).resolve(name));
      // Others may write to a folder of temporary files: this one must be ours, not prepared.
      if (!Files.getOwner(short_, LinkOption.NOFOLLOW_LINKS).equals(Files.getOwner(folder))) {
        throw new RedisUnavailableException("folder " + short_ + " belongs to somebody else");
      }
      socket = short_.resolve("redis.sock");
      if (socket.toString().getBytes(UTF_8).length > LONGEST_SOCKET) {
        throw new RedisUnavailableException("java.io.tmpdir is too long a path for a unix socket");
      }
    }
    return new RedisFolder(folder, socket);
  }

  private static Path ownFolder(Path folder) throws IOException {
    var permissions = PosixFilePermissions.fromString(PRIVATE);
    try {
      Files.createDirectory(folder, PosixFilePermissions.asFileAttribute(permissions));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new RedisUnavailableException(folder + " is not a folder");
      }
      Files.setPosixFilePermissions(folder, permissions);
    }
    return folder;
  }

  private static String hash(Path folder) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(folder.toString().getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }

  Path pidFile() {
    return folder.resolve("redis.pid");
  }

  Path log() {
    return folder.resolve("redis.log");
  }

  Path conf() {
    return folder.resolve("redis.conf");
  }

  Path bin() {
    return folder.resolve("bin");
  }

  String uri() {
    try {
      return "unix://" + new URI(null, null, socket.toString(), null).getRawPath();
    } catch (URISyntaxException e) {
      throw new IllegalStateException("the path of the socket is no URI path", e);
    }
  }

  /** The settings of a server that loads an RDB file of that name and writes nothing by itself. */
  List<String> scratchConf(String rdb) {
    return List.of(
        "port 0",
        "unixsocket " + quoted(socket),
        "unixsocketperm 700",
        "daemonize no",
        "logfile " + quoted(log()),
        "dir " + quoted(folder),
        "dbfilename " + rdb,
        "appendonly no",
        "aof-use-rdb-preamble no",
        "save \"\"",
        "maxmemory-policy noeviction");
  }

  void writeConf() throws IOException {
    Files.write(
        conf(),
        List.of(
            "# Written at each start.",
            "port 0",
            "unixsocket " + quoted(socket),
            "unixsocketperm 700",
            "daemonize yes",
            "pidfile " + quoted(pidFile()),
            "logfile " + quoted(log()),
            "dir " + quoted(folder),
            "appendonly yes",
            "appendfsync always",
            "aof-use-rdb-preamble no",
            "save \"\"",
            "# A backup is streamed: a file of it would outlive the erasures after it.",
            "repl-diskless-sync yes",
            "repl-diskless-sync-delay 0",
            "maxmemory-policy noeviction"));
  }

  private static String quoted(Path path) {
    return '"' + path.toString().replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}

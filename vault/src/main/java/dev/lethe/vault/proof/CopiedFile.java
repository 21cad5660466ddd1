package dev.lethe.vault.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.lethe.vault.redis.ScratchRedis;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * One file of Redis: a dump, an append-only file, or a dump with commands behind it. Its last
 * command may be torn.
 */
record CopiedFile(Path file) implements Source {
  /** What the files of Redis begin with: a dump, a command, or an annotation of Redis 7. */
  private static final Pattern BEGINNING =
      Pattern.compile("(?s)REDIS\\d{4}.*|\\*\\d+\\r\\n\\$.*|#TS:\\d.*");

  private static final int LOOKED_AT = 16;

  /** Whether a file looks like one of Redis. */
  static boolean looksLikeOne(Path file) throws IOException {
    return BEGINNING.matcher(beginning(file)).matches();
  }

  private static String beginning(Path file) throws IOException {
    try (var in = Files.newInputStream(file)) {
      return new String(in.readNBytes(LOOKED_AT), ISO_8859_1);
    }
  }

  @Override
  public String name() {
    return file.toString();
  }

  @Override
  public void read(Consumer<AofCommand> visitor) throws IOException {
    long dumped = 0;
    if (beginning(file).startsWith(RdbFile.MAGIC)) {
      var dump = RdbFile.read(file);
      load(dump, visitor);
      dumped = dump.length();
    }
    try (var reader = AofReader.open(file, dumped)) {
      for (var next = reader.next(); next.isPresent(); next = reader.next()) {
        visitor.accept(next.get());
      }
    }
  }

  private void load(RdbFile dump, Consumer<AofCommand> visitor) throws IOException {
    var scratch = Files.createTempDirectory("lethe-scratch-");
    try {
      var mine = ScratchRedis.version(scratch);
      if (dump.writer().isPresent() && !RdbFile.reads(mine, dump.writer().get())) {
        throw new AofFormatException(
            file
                + " was written by Redis "
                + dump.writer().get()
                + ", the redis-server here is "
                + mine
                + ": put a newer one on the PATH");
      }
      try (var out =
          Files.newOutputStream(ScratchRedis.folder(scratch).resolve(ScratchRedis.RDB))) {
        copy(dump.length(), out);
      }
      try (var redis = ScratchRedis.start(scratch)) {
        redis.each(words -> visitor.accept(new AofCommand(words)));
      }
    } finally {
      ScratchRedis.remove(scratch);
    }
  }

  private void copy(long length, OutputStream out) throws IOException {
    try (var in = Files.newInputStream(file)) {
      var block = new byte[1 << 16];
      for (long left = length; left > 0; ) {
        int got = in.read(block, 0, (int) Math.min(block.length, left));
        if (got < 0) {
          throw new AofFormatException(file + " became shorter while it was read");
        }
        out.write(block, 0, got);
        left -= got;
      }
    }
  }
}

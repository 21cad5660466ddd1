package dev.lethe.vault.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether somebody else changes a hash-chained file while it is in use: at each round whether
 * it is still there, the same, as long as it has to be, and ends as it was written; and bit by bit
 * whether everything in it still holds. Once anything is wrong the file takes no entry any more. To
 * be used by one thread at a time; blocks.
 */
final class ChainWatch {
  private static final Logger LOG = LoggerFactory.getLogger(ChainWatch.class);

  /** So many rounds read the whole file again, unless it is too long or too short for that. */
  private static final int ROUNDS = 600;

  private static final long LEAST_BYTES = 64 * 1024;
  private static final long MOST_BYTES = 8 * 1024 * 1024;

  private final Path file;
  private final Optional<Object> identity;
  private final ChainWriter writer;
  private boolean readable = true;

  // What was read again of the present pass.
  private ChainHead reread = new ChainHead(0, ChainLine.NOTHING_BEFORE);
  private long offset;

  ChainWatch(Path file, Optional<Object> identity, ChainWriter writer) {
    this.file = file;
    this.identity = identity;
    this.writer = writer;
  }

  /** What tells a file from another at the same path; empty where the file system has nothing. */
  static Optional<Object> identityOf(Path file) throws IOException {
    return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
  }

  /** One round. */
  void look() {
    try {
      fault()
          .ifPresent(
              what ->
                  writer.condemn(
                      "%s was changed by somebody else: %s; nothing is recorded any more. Put back the newest whole copy and restart"
                          .formatted(file, what)));
      readable = true;
    } catch (IOException e) {
      if (readable) {
        LOG.warn("{}: cannot be looked at", file, e);
      }
      readable = false;
    }
  }

  private Optional<String> fault() throws IOException {
    var before = writer.state().end();
    BasicFileAttributes found;
    try {
      found = Files.readAttributes(file, BasicFileAttributes.class);
    } catch (NoSuchFileException e) {
      return Optional.of("it was removed");
    }
    if (!Optional.ofNullable(found.fileKey()).equals(identity)) {
      return Optional.of("another file stands in its place");
    }
    if (found.size() < before.length()) {
      return Optional.of("it has %d bytes of %d".formatted(found.size(), before.length()));
    }
    if (found.size() > before.length()
        && before.exact()
        && writer.state().end().turns() == before.turns()) {
      return Optional.of("something was written behind its last entry");
    }
    var wrong = lastLineOf(before);
    return wrong.isPresent() ? wrong : readOn(before.length());
  }

  private Optional<String> lastLineOf(ChainState.End end) throws IOException {
    if (end.length() == 0) {
      return Optional.empty();
    }
    try (var lines = new LineReader(file, end.lastLine(), end.length())) {
      var holds =
          lines
              .next()
              .flatMap(ChainLine::parse)
              .filter(line -> line.hashHolds() && headOf(line).equals(end.head()))
              .isPresent();
      return holds
          ? Optional.empty()
          : Optional.of("entry %d, the last, is another one".formatted(end.head().seq()));
    }
  }

  private static ChainHead headOf(ChainLine line) {
    return new ChainHead(line.seq(), line.hash());
  }

  private Optional<String> readOn(long length) throws IOException {
    var budget = Math.min(MOST_BYTES, Math.max(LEAST_BYTES, length / ROUNDS));
    try (var lines = new LineReader(file, offset, length)) {
      while (budget > 0) {
        var line = lines.next();
        if (line.isEmpty()) {
          reread = new ChainHead(0, ChainLine.NOTHING_BEFORE);
          offset = 0;
          return lines.tail().length == 0 ? Optional.empty() : Optional.of("a newline is missing");
        }
        var parsed = ChainLine.parse(line.get());
        var wrong =
            parsed
                .map(read -> read.faultAfter(reread.seq(), reread.hash()))
                .orElse(Optional.of("it does not have the shape of one"));
        if (wrong.isPresent()) {
          return Optional.of("entry %d: %s".formatted(reread.seq() + 1, wrong.get()));
        }
        reread = headOf(parsed.orElseThrow());
        offset += line.get().length + 1L;
        budget -= line.get().length + 1L;
      }
    }
    return Optional.empty();
  }
}

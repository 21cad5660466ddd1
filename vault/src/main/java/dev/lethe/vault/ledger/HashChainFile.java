package dev.lethe.vault.ledger;

import dev.lethe.vault.api.ChainCheck;
import io.vertx.core.Future;
import io.vertx.core.json.EncodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * An append-only file of JSON lines, each bound to the one before by SHA-256: nothing in it can be
 * changed, removed or put in between without breaking the chain. (Cutting whole lines off its end
 * shows only to somebody who noted {@link #last}: see {@link #require}.) The spelling of a line is
 * that of {@code {"seq":7,"at":"2026-11-24T06:33:33.123Z","prev":"…","body":{…},"hash":"…"}} with
 * {@code hash} = SHA-256 over the UTF-8 bytes of the line from its first byte to the last brace of
 * {@code body}, {@code prev} = the hash of the line before (64 zeros in the first), both in
 * lower-case hexadecimal, without spaces, ended by a newline.
 *
 * <p>An entry is durable before its future completes. One thread writes: whatever was appended
 * while it waited for the disk goes out in the next write together. All methods may be called from
 * any thread; those said to block, not from an event loop.
 */
public final class HashChainFile implements AutoCloseable {
  private final Path file;
  private final ChainWriter writer;
  private final ChainWatch watch;

  private HashChainFile(Path file, ChainOpening.Opened opened) {
    this.file = file;
    this.writer = opened.writer();
    this.watch = opened.watch();
  }

  /** Opens a file that nobody watches; see {@link #open(Path, Clock, Consumer)}. */
  public static HashChainFile open(Path file, Clock clock) {
    return open(file, clock, entry -> {});
  }

  /**
   * Opens the file, or makes it (0600, its folder 0700). Checks the whole chain. A last line that a
   * crash cut short is taken off with a warning. Blocks.
   *
   * @param observer is shown every entry in order: those in the file before this method returns,
   *     later ones when they are durable and before their futures complete; must be quick
   * @throws BrokenChainException when the chain does not hold
   * @throws UncheckedIOException when the file cannot be read or made
   */
  public static HashChainFile open(Path file, Clock clock, Consumer<Entry> observer) {
    return open(file, new ChainTerms(clock, observer));
  }

  /**
   * Opens the file with signed checkpoints in it: an entry of its own each thousand entries, each
   * minute in which there was one, and at the end.
   *
   * @throws BrokenChainException also when the last checkpoint is not by that signer's keys
   */
  public static HashChainFile open(
      Path file, Clock clock, Consumer<Entry> observer, CheckpointSigner signer) {
    return open(
        file,
        new ChainTerms(
            clock, observer, Optional.of(signer), Storage.OfChannel::new, ChainTerms.DEADLINE));
  }

  static HashChainFile open(Path file, ChainTerms terms) {
    try {
      return new HashChainFile(file, ChainOpening.open(file, terms));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Appends an entry. Completes on the caller's Vert.x context, or on the writing thread when the
   * caller has none.
   *
   * @return the entry, durable; fails with {@link LedgerUnavailableException} when the disk refuses
   *     (and then until it takes a write again) or does not answer within five seconds (the entry
   *     may be written all the same), when too many wait, when somebody else changed the file, or
   *     when it is closed; and with {@link IllegalArgumentException} when the body is no JSON or
   *     longer than 262,144 characters
   */
  public Future<Entry> append(JsonObject body) {
    String text;
    try {
      text = body.encode();
    } catch (EncodeException e) {
      return Future.failedFuture(new IllegalArgumentException("the body is not JSON", e));
    }
    // A character takes three bytes at most, so that the line stays below the limit.
    if (text.length() > ChainLine.MAX_BYTES / 4) {
      return Future.failedFuture(new IllegalArgumentException("the body is too long"));
    }
    return writer.append(text);
  }

  /** Shows every durable entry in order, read from the file anew. Blocks. */
  public void forEach(Consumer<Entry> visitor) {
    try {
      var walk =
          ChainWalk.along(
              file, writer.state().end().length(), (entry, offset) -> visitor.accept(entry));
      if (walk.fault().isPresent()) {
        throw new BrokenChainException(file, walk.entries() + 1, walk.fault().get());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * A part of the durable entries, oldest first, read from the file. Blocks.
   *
   * @param afterSeq the number before the first one wanted; 0 begins at the beginning
   * @param limit how many at most
   * @throws BrokenChainException when one of them was changed since the file was opened
   */
  public List<Entry> page(long afterSeq, int limit) {
    var after = Math.max(0, afterSeq);
    var start = writer.state().lineBefore(after);
    var found = new ArrayList<Entry>();
    try (var lines = new LineReader(file, start.offset(), writer.state().end().length())) {
      for (var seq = start.seq(); found.size() < limit; seq++) {
        var line = lines.next();
        if (line.isEmpty()) {
          break;
        }
        var entry = readAgain(line.get(), seq);
        if (seq > after) {
          found.add(entry);
        }
      }
      return List.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Entry readAgain(byte[] line, long seq) {
    return ChainLine.parse(line)
        .filter(parsed -> parsed.hashHolds() && parsed.seq() == seq)
        .map(ChainLine::entry)
        .orElseThrow(() -> new BrokenChainException(file, seq, "it was changed"));
  }

  /** {@link #verify(Path, CheckpointKeys)} of a file without checkpoints. */
  static ChainCheck verify(Path file) {
    return verify(file, CheckpointKeys.NONE);
  }

  /**
   * Checks a file from outside, also while another process appends to it: a last line without
   * newline is being written and not looked at. Blocks.
   *
   * @throws UncheckedIOException when the file cannot be read
   */
  public static ChainCheck verify(Path file, CheckpointKeys keys) {
    if (!Files.exists(file)) {
      return new ChainCheck(
          0, ChainLine.NOTHING_BEFORE, 0, Optional.of("there is no file " + file));
    }
    try {
      return ChainWalk.check(file, Files.size(file), keys);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Makes sure that an entry stands in the file that somebody else knows of; otherwise no more
   * checkpoints are written, not even at the end. Blocks.
   *
   * @param witness who knows it, for the message
   * @throws LedgerBehindException when it does not
   */
  public void require(ChainHead known, String witness) {
    writer.doubt(true);
    if (known.seq() > entries()) {
      throw LedgerBehindException.behind(file, entries(), known, witness);
    }
    if (known.seq() > 0 && !page(known.seq() - 1, 1).get(0).hash().equals(known.hash())) {
      throw LedgerBehindException.replaced(file, known, witness);
    }
    writer.doubt(false);
  }

  /** Whether somebody knew an entry that the file did not have. */
  boolean doubted() {
    return writer.doubted();
  }

  /**
   * Looks once whether somebody else changes the file, and refuses further entries for good when
   * somebody does. To be called each second or so, by one thread at a time. Blocks.
   */
  public void watch() {
    watch.look();
  }

  /**
   * Refuses further entries for good when somebody knows more of them: then another process has
   * gone on with a copy of the file, and what it recorded is not here.
   *
   * @param mine the number of the last entry when somebody was told of it
   * @param known the number of the last entry that they know
   */
  public void compare(long mine, long known) {
    if (known > mine) {
      writer.condemn(
          "%s ended at entry %d when Redis knew entry %d: another process has gone on; nothing is recorded any more. Stop one of them"
              .formatted(file, mine, known));
    }
  }

  /** Has something run after each write, on the writing thread; it must be quick and not fail. */
  public void afterCommit(Runnable task) {
    writer.afterCommit(task);
  }

  /** What the chain is called: the name of the file without its ending. */
  public String name() {
    return Checkpoint.chainOf(file);
  }

  public Path path() {
    return file;
  }

  /** The last durable entry. */
  public ChainHead last() {
    return writer.state().end().head();
  }

  /** How many entries are durable. */
  public long entries() {
    return last().seq();
  }

  /** Hash of the last durable entry; 64 zeros when there is none. */
  public String head() {
    return last().hash();
  }

  /**
   * Whether entries are taken: the last write worked, or there was none yet, the disk answers, and
   * nobody else changed the file. A refusing disk is tried each second.
   */
  public boolean healthy() {
    return writer.healthy();
  }

  /**
   * Whether no entry that was refused until now can still turn out to be written; what the index
   * does not know then, it never will.
   */
  boolean settled() {
    return writer.settled();
  }

  /** Writes what waits and closes the file. Blocks, ten seconds at most. */
  @Override
  public void close() {
    writer.close();
  }
}

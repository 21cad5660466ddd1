package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** What somebody else does to a file in use is noticed, and nothing is recorded after it. */
final class ChainWatchTest {
  private static final int ENTRIES = 20;

  @TempDir Path folder;

  private final FaultyDisk disk = new FaultyDisk();
  private final ListAppender<ILoggingEvent> errors = new ListAppender<>();
  private HashChainFile file;

  private Path path() {
    return folder.resolve("chain.jsonl");
  }

  @BeforeEach
  void fill() throws Exception {
    errors.start();
    ((Logger) LoggerFactory.getLogger(ChainWriter.class)).addAppender(errors);
    file =
        HashChainFile.open(
            path(),
            new ChainTerms(Chains.CLOCK, entry -> {}, Optional.empty(), disk, ChainTerms.DEADLINE));
    for (var n = 1; n <= ENTRIES; n++) {
      Chains.get(file.append(Chains.body(n)));
    }
    file.watch();
    assertThat(file.healthy()).isTrue();
  }

  @AfterEach
  void close() {
    ((Logger) LoggerFactory.getLogger(ChainWriter.class)).detachAppender(errors);
    file.close();
  }

  private void assertNoticed(String what) {
    file.watch();
    file.watch();
    assertThat(file.healthy()).isFalse();
    assertThatThrownBy(() -> Chains.get(file.append(Chains.body(99))))
        .hasCauseInstanceOf(LedgerUnavailableException.class)
        .hasMessageContaining(what)
        .hasMessageContaining(path().toString());
    assertThat(errors.list)
        .filteredOn(event -> event.getLevel() == Level.ERROR)
        .singleElement()
        .satisfies(event -> assertThat(event.getFormattedMessage()).contains(what));
    assertThat(file.entries()).isEqualTo(ENTRIES);
  }

  @Test
  void aRemovedFileIsNoticed() throws IOException {
    Files.delete(path());
    assertNoticed("removed");
  }

  @Test
  void aReplacedFileIsNoticedEvenWithTheSameBytes() throws IOException {
    var copy = folder.resolve("copy");
    Files.copy(path(), copy);
    Files.move(copy, path(), StandardCopyOption.REPLACE_EXISTING);
    assertNoticed("another file");
  }

  @Test
  void aTruncatedFileIsNoticed() throws IOException {
    try (var channel = FileChannel.open(path(), StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 1);
    }
    assertNoticed("bytes of");
  }

  @Test
  void anEmptiedFileIsNoticed() throws IOException {
    Files.write(path(), new byte[0]);
    assertNoticed("0 bytes of");
  }

  @Test
  void anEditOfTheLastEntryIsNoticed() throws IOException {
    edit("\"n\":" + ENTRIES, "\"n\":" + (ENTRIES + 1));
    assertNoticed("the last");
  }

  @Test
  void anEditOfAnOldEntryIsNoticed() throws IOException {
    edit("\"n\":3,", "\"n\":4,");
    assertNoticed("entry 3");
  }

  @Test
  void aTailMadeAnewIsNoticed() throws IOException {
    var bytes = Files.readAllBytes(path());
    var lines = new ArrayList<>(Files.readAllLines(path()));
    var last = lines.remove(ENTRIES - 1);
    var prev = new JsonObject(last).getString("prev");
    var forged =
        ChainLine.write(
            ENTRIES, Chains.NOW, prev, Chains.body(ENTRIES).put("n", 10 + ENTRIES - 1).encode());
    System.arraycopy(
        forged.bytes(), 0, bytes, bytes.length - forged.bytes().length, forged.bytes().length);
    Files.write(path(), bytes);
    assertThat(HashChainFile.verify(path()).ok()).isTrue();

    assertNoticed("the last");
  }

  @Test
  void anEntryPutBehindTheLastIsNoticed() throws IOException {
    var forged = ChainLine.write(ENTRIES + 1, Chains.NOW, file.head(), Chains.body(0).encode());
    Files.write(path(), forged.bytes(), StandardOpenOption.APPEND);
    assertThat(HashChainFile.verify(path()).ok()).isTrue();

    assertNoticed("behind its last");
  }

  @Test
  void whatStandsInTheFileIsStillThereAfterwards() throws Exception {
    edit("\"n\":3,", "\"n\":4,");
    var changed = Files.readAllBytes(path());
    assertNoticed("entry 3");
    file.close();
    assertThat(path()).hasBinaryContent(changed);
  }

  @Test
  void whatTheFileItselfWritesIsNoAlarm() throws Exception {
    var writing =
        CompletableFuture.runAsync(
            () -> {
              for (var n = 0; n < 3000; n++) {
                file.append(Chains.body(n));
              }
            });
    do {
      file.watch();
      assertThat(errors.list).isEmpty();
    } while (!writing.isDone());
    writing.get();
    Chains.get(file.append(Chains.body(1)));
    file.watch();
    assertThat(file.healthy()).isTrue();
  }

  @Test
  void anUnfinishedWriteIsNoAlarm() throws Exception {
    disk.full = true;
    disk.truncateFails = true;
    assertThatThrownBy(() -> Chains.get(file.append(Chains.body(1))))
        .hasCauseInstanceOf(LedgerUnavailableException.class);
    assertThat(Files.size(path())).isPositive();
    file.watch();

    disk.truncateFails = false;
    disk.full = false;
    Chains.get(file.append(Chains.body(2)));
    file.watch();
    assertThat(file.healthy()).isTrue();
  }

  @Test
  void aFileBeingWrittenIsWatchedWithoutWaitingForTheDisk() throws Exception {
    disk.reached = new CountDownLatch(1);
    disk.gate = new CountDownLatch(1);
    var hanging = file.append(Chains.body(1));
    assertThat(disk.reached.await(20, TimeUnit.SECONDS)).isTrue();

    file.watch();

    assertThat(hanging.isComplete()).isFalse();
    disk.gate.countDown();
    Chains.get(hanging);
    assertThat(file.healthy()).isTrue();
  }

  /** Overwrites in place, as an editor that keeps the file does. */
  private void edit(String from, String to) throws IOException {
    var text = Files.readString(path());
    assertThat(text).contains(from);
    assertThat(to).hasSameSizeAs(from);
    Files.writeString(path(), text.replace(from, to), StandardOpenOption.TRUNCATE_EXISTING);
  }
}

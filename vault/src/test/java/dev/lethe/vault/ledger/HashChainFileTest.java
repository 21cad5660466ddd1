package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

final class HashChainFileTest {
  @TempDir Path folder;

  private Path path() {
    return folder.resolve("ledger").resolve("ledger.jsonl");
  }

  private HashChainFile open() {
    return HashChainFile.open(path(), Chains.CLOCK);
  }

  @Test
  void fileAndFolderAreForTheirOwnerOnly() throws Exception {
    open().close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
        .isEqualTo("rw-------");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path().getParent())))
        .isEqualTo("rwx------");
  }

  @Test
  void takesNothingOnceAnotherProcessHasGoneOn() throws Exception {
    try (var file = open()) {
      Chains.get(file.append(Chains.body(1)));
      file.compare(1, 1);
      Chains.get(file.append(Chains.body(2)));
      file.compare(2, 3);

      assertThatThrownBy(() -> Chains.get(file.append(Chains.body(3))))
          .hasStackTraceContaining("another process has gone on");
      assertThat(file.healthy()).isFalse();
    }
  }

  @Test
  void lineIsSpelledAsDocumented() throws Exception {
    try (var file = open()) {
      Chains.get(file.append(new JsonObject().put("a", 1)));
      Chains.get(file.append(new JsonObject().put("b", "x")));
    }

    var lines = Files.readAllLines(path());
    var first =
        "{\"seq\":1,\"at\":\"2026-11-24T06:33:33.120Z\",\"prev\":\"%s\",\"body\":{\"a\":1}"
            .formatted("0".repeat(64));
    assertThat(lines.get(0)).isEqualTo(first + ",\"hash\":\"" + sha256(first) + "\"}");
    assertThat(lines.get(1)).startsWith("{\"seq\":2,").contains("\"prev\":\"" + sha256(first));
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(UTF_8)));
  }

  @Test
  void reopenedFileIsTheSame() throws Exception {
    var written = new ArrayList<Entry>();
    String head;
    try (var file = open()) {
      for (var n = 1; n <= 600; n++) {
        written.add(Chains.get(file.append(Chains.body(n))));
      }
      head = file.head();
    }

    var observed = new ArrayList<Entry>();
    try (var file = HashChainFile.open(path(), Chains.CLOCK, observed::add)) {
      var read = new ArrayList<Entry>();
      file.forEach(read::add);
      assertThat(file.head()).isEqualTo(head);
      assertThat(file.entries()).isEqualTo(600);
      assertThat(observed).isEqualTo(written);
      assertThat(read).isEqualTo(written);
      assertThat(read.get(599).json()).isEqualTo(Chains.body(600));
    }
    assertThat(HashChainFile.verify(path()).head()).isEqualTo(head);
  }

  @Test
  void pagesBeginAnywhere() throws Exception {
    try (var file = open()) {
      for (var n = 1; n <= 600; n++) {
        Chains.get(file.append(Chains.body(n)));
      }
      for (var after : List.of(0, 1, 255, 256, 257, 511, 512, 513, 598)) {
        assertThat(file.page(after, 2))
            .extracting(Entry::seq)
            .containsExactly(after + 1L, after + 2L);
      }
      assertThat(file.page(599, 5)).extracting(Entry::seq).containsExactly(600L);
      assertThat(file.page(600, 5)).isEmpty();
      assertThat(file.page(5000, 5)).isEmpty();
      assertThat(file.page(-3, 1)).extracting(Entry::seq).containsExactly(1L);
      assertThat(file.page(0, 1000)).hasSize(600);
    }
  }

  @Test
  void pageOfAFileChangedSinceItWasOpenedIsRefused() throws Exception {
    try (var file = open()) {
      Chains.get(file.append(Chains.body(1)));
      Files.writeString(path(), Files.readString(path()).replace("\"n\":1", "\"n\":2"));

      assertThatThrownBy(() -> file.page(0, 1)).isInstanceOf(BrokenChainException.class);
      assertThatThrownBy(() -> file.forEach(entry -> {})).isInstanceOf(BrokenChainException.class);
    }
  }

  @Test
  void concurrentAppendsKeepTheOrderOfEachCaller() throws Exception {
    var observed = Collections.synchronizedList(new ArrayList<Long>());
    var callers = new ArrayList<CompletableFuture<List<Entry>>>();
    try (var file = HashChainFile.open(path(), Chains.CLOCK, entry -> observed.add(entry.seq()))) {
      for (var caller = 0; caller < 4; caller++) {
        var base = caller * 1000;
        callers.add(CompletableFuture.supplyAsync(() -> appendMany(file, base)));
      }
      for (var caller = 0; caller < 4; caller++) {
        var mine = callers.get(caller).get(20, TimeUnit.SECONDS);
        assertThat(mine).extracting(Entry::seq).isSorted();
        for (var n = 0; n < mine.size(); n++) {
          assertThat(mine.get(n).json()).isEqualTo(Chains.body(caller * 1000 + n));
          assertThat(file.page(mine.get(n).seq() - 1, 1)).containsExactly(mine.get(n));
        }
      }
    }
    assertThat(observed).hasSize(1000).isSorted().doesNotHaveDuplicates();
    assertThat(HashChainFile.verify(path()).entries()).isEqualTo(1000);
  }

  private static List<Entry> appendMany(HashChainFile file, int base) {
    var all = new ArrayList<CompletableFuture<Entry>>();
    for (var n = 0; n < 250; n++) {
      all.add(Chains.later(file.append(Chains.body(base + n))));
    }
    return all.stream().map(CompletableFuture::join).toList();
  }

  @Test
  void chainVerifiesWhileItGrows() throws Exception {
    try (var file = open()) {
      var growing = CompletableFuture.supplyAsync(() -> appendMany(file, 0));
      do {
        assertThat(HashChainFile.verify(path()).fault()).isEmpty();
      } while (!growing.isDone());
      assertThat(growing.get()).hasSize(250);
    }
  }

  @Test
  void answerComesOnTheCallersContext() throws Exception {
    var vertx = Vertx.vertx();
    try (var file = open()) {
      var context = vertx.getOrCreateContext();
      var answeredOn = new CompletableFuture<Context>();
      context.runOnContext(
          start ->
              file.append(Chains.body(1))
                  .onComplete(done -> answeredOn.complete(Vertx.currentContext())));

      assertThat(answeredOn.get(20, TimeUnit.SECONDS)).isSameAs(context);
    } finally {
      Chains.get(vertx.close());
    }
  }

  @Test
  void unreadableLastLineIsTakenOff() throws Exception {
    Files.createDirectories(path().getParent());
    Files.write(path(), Chains.chain(3));
    Files.writeString(path(), "\0\0\0\0\n", StandardOpenOption.APPEND);
    var log = (Logger) LoggerFactory.getLogger(ChainOpening.class);
    var warnings = new ListAppender<ILoggingEvent>();
    warnings.start();
    log.addAppender(warnings);

    try (var file = open()) {
      assertThat(file.entries()).isEqualTo(3);
    } finally {
      log.detachAppender(warnings);
    }
    assertThat(warnings.list)
        .singleElement()
        .satisfies(warning -> assertThat(warning.getLevel()).isEqualTo(Level.WARN))
        .satisfies(
            warning ->
                assertThat(warning.getFormattedMessage())
                    .contains(path().toString(), "5 bytes", "entry 3"));
    assertThat(path()).hasBinaryContent(Chains.chain(3));
  }

  @Test
  void wellShapedLastLineWithAnotherHashIsNoTear() throws Exception {
    Files.createDirectories(path().getParent());
    var text = new String(Chains.chain(2), UTF_8).replace("\"n\":2", "\"n\":3");
    Files.writeString(path(), text);

    assertThatThrownBy(this::open)
        .isInstanceOf(BrokenChainException.class)
        .hasMessageContaining("entry 2")
        .hasMessageContaining(path().toString());
  }

  @Test
  void missingFileDoesNotVerify() {
    assertThat(HashChainFile.verify(path()).ok()).isFalse();
  }

  @Test
  void closedFileRefuses() throws Exception {
    var file = open();
    var last = file.append(Chains.body(1));
    file.close();

    assertThat(Chains.get(last).seq()).isEqualTo(1);
    assertThat(file.append(Chains.body(2)).cause()).isInstanceOf(LedgerUnavailableException.class);
  }

  @Test
  void overlongBodyIsRefused() {
    try (var file = open()) {
      var body = new JsonObject().put("text", "x".repeat(ChainLine.MAX_BYTES));
      assertThat(file.append(body).cause()).isInstanceOf(IllegalArgumentException.class);
      assertThat(file.entries()).isZero();
    }
  }
}

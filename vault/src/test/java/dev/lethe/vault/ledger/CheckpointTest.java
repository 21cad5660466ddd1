package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {
  private static final TestSigner OURS = new TestSigner("ours");
  private static final TestSigner THEIRS = new TestSigner("theirs");

  @TempDir Path folder;

  private final MovingClock clock = new MovingClock();
  private final ArrayList<Entry> observed = new ArrayList<>();

  private Path path() {
    return folder.resolve("ledger.jsonl");
  }

  private HashChainFile open(CheckpointSigner signer) {
    return HashChainFile.open(path(), clock, observed::add, signer);
  }

  private List<Entry> checkpoints() {
    return observed.stream().filter(Checkpoint::isOne).toList();
  }

  /** Writes a file whose chain holds, whatever its checkpoints say. */
  private void forge(List<String> bodies) throws Exception {
    var bytes = new ByteArrayOutputStream();
    var head = ChainLine.NOTHING_BEFORE;
    for (var n = 0; n < bodies.size(); n++) {
      var line = ChainLine.write(n + 1L, Chains.NOW, head, bodies.get(n));
      bytes.writeBytes(line.bytes());
      head = line.entry().hash();
    }
    Files.write(path(), bytes.toByteArray());
  }

  private List<String> bodies() {
    var bodies = new ArrayList<String>();
    try (var file = HashChainFile.open(path(), clock)) {
      file.forEach(entry -> bodies.add(entry.body()));
    }
    return bodies;
  }

  @Test
  void theEndOfAFileIsSigned() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
      Chains.get(file.append(Chains.body(2)));
    }

    var check = HashChainFile.verify(path(), OURS);
    assertThat(check.fault()).isEmpty();
    assertThat(check.entries()).isEqualTo(3);
    assertThat(check.signedUpTo()).isEqualTo(2);
    assertThat(checkpoints())
        .singleElement()
        .satisfies(
            entry ->
                assertThat(entry.json())
                    .isEqualTo(
                        new JsonObject()
                            .put("v", 1)
                            .put("kind", "checkpoint")
                            .put("chain", "ledger")
                            .put("seq", 2)
                            .put("hash", observed.get(1).hash())
                            .put("kid", "ours")
                            .put(
                                "signature",
                                OURS.sign(
                                    ("lethe checkpoint 1\nledger\n2\n" + observed.get(1).hash())
                                        .getBytes(US_ASCII)))));
  }

  @Test
  void aFileWithoutNewsIsNotSignedAgain() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
    }
    var before = Files.readAllBytes(path());

    open(OURS).close();

    assertThat(path()).hasBinaryContent(before);
  }

  @Test
  void aThousandEntriesAreSignedAtOnce() throws Exception {
    try (var file = open(OURS)) {
      var appends = new ArrayList<Future<Entry>>();
      for (var n = 0; n < 2 * CheckpointPace.MAX_ENTRIES; n++) {
        appends.add(file.append(Chains.body(n)));
      }
      Chains.get(Future.all(appends));

      assertThat(checkpoints()).isNotEmpty();
      assertThat(appends)
          .extracting(append -> append.result().json().containsKey("n"))
          .containsOnly(true);
      assertThat(HashChainFile.verify(path(), OURS).signedUpTo())
          .isGreaterThanOrEqualTo(CheckpointPace.MAX_ENTRIES);
    }
  }

  @Test
  void anEntryIsSignedAfterAMinuteEvenIfNothingFollows() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
      assertThat(file.entries()).isEqualTo(1);
      clock.advance(CheckpointPace.MAX_AGE.minus(Duration.ofMillis(1)));
      Chains.get(file.append(Chains.body(2)));
      assertThat(file.entries()).isEqualTo(2);

      clock.advance(Duration.ofMillis(1));
      var patience = System.nanoTime() + Duration.ofSeconds(20).toNanos();
      while (file.entries() < 3 && System.nanoTime() < patience) {
        Thread.onSpinWait();
      }
      assertThat(file.entries()).isEqualTo(3);
      assertThat(HashChainFile.verify(path(), OURS).signedUpTo()).isEqualTo(2);
    }
  }

  @Test
  void aChainMadeAnewByAStrangerIsFound() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
      Chains.get(file.append(Chains.body(2)));
    }
    var bodies = new ArrayList<>(bodies());
    bodies.set(0, Chains.body(7).encode());
    forge(bodies.subList(0, 2));
    HashChainFile.open(path(), clock, entry -> {}, THEIRS).close();
    try (var file = HashChainFile.open(path(), clock, entry -> {}, THEIRS)) {
      Chains.get(file.append(Chains.body(3)));
    }

    assertThat(HashChainFile.verify(path(), THEIRS).ok()).isTrue();
    var check = HashChainFile.verify(path(), OURS);
    assertThat(check.fault())
        .hasValueSatisfying(fault -> assertThat(fault).startsWith("entry 3:").contains("signed"));
    assertThat(check.signedUpTo()).isZero();
    assertThatThrownBy(() -> open(OURS))
        .isInstanceOf(BrokenChainException.class)
        .hasMessageContaining("signed");
  }

  @Test
  void theFirstForgedCheckpointIsNamedAndTheLastGoodOneCounts() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
    }
    for (var n = 2; n <= 3; n++) {
      try (var file = HashChainFile.open(path(), clock)) {
        Chains.get(file.append(Chains.body(n)));
        var last = file.last();
        Chains.get(file.append(new JsonObject(Checkpoint.write("ledger", last, THEIRS))));
      }
    }

    var check = HashChainFile.verify(path(), OURS);

    assertThat(check.fault()).hasValueSatisfying(fault -> assertThat(fault).startsWith("entry 4:"));
    assertThat(check.signedUpTo()).isEqualTo(1);
  }

  @Test
  void aCheckpointVouchesForItsOwnPlaceOnly() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
    }
    var bodies = bodies();
    forge(List.of(bodies.get(0), Chains.body(2).encode(), bodies.get(1)));
    assertThat(HashChainFile.verify(path(), OURS).fault())
        .hasValueSatisfying(fault -> assertThat(fault).startsWith("entry 3:"));

    forge(bodies);
    assertThat(HashChainFile.verify(path(), OURS).ok()).isTrue();
    var other = folder.resolve("audit.jsonl");
    Files.copy(path(), other);
    assertThat(HashChainFile.verify(other, OURS).fault())
        .hasValueSatisfying(fault -> assertThat(fault).startsWith("entry 2:"));
  }

  @Test
  void aCheckpointThatLacksSomethingIsBroken() throws Exception {
    for (var member : List.of("chain", "seq", "hash", "kid", "signature")) {
      Files.deleteIfExists(path());
      try (var file = open(OURS)) {
        Chains.get(file.append(Chains.body(1)));
      }
      var bodies = new ArrayList<>(bodies());
      var checkpoint = new JsonObject(bodies.get(1));
      checkpoint.remove(member);
      bodies.set(1, checkpoint.encode());
      forge(bodies);

      assertThat(HashChainFile.verify(path(), OURS).ok()).as(member).isFalse();
    }
  }

  @Test
  void withoutKeysACheckpointDoesNotHold() throws Exception {
    try (var file = open(OURS)) {
      Chains.get(file.append(Chains.body(1)));
    }
    assertThat(HashChainFile.verify(path(), CheckpointKeys.NONE).ok()).isFalse();
  }
}

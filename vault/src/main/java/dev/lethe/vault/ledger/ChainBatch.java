package dev.lethe.vault.ledger;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;

/** Lines to be written behind a chain together. */
final class ChainBatch {
  private final Clock clock;
  private final ArrayList<ChainLine.Written> lines = new ArrayList<>();
  private ChainHead head;

  ChainBatch(Clock clock, ChainHead before) {
    this.clock = clock;
    this.head = before;
  }

  void add(String body) {
    var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var line = ChainLine.write(head.seq() + 1, at, head.hash(), body);
    lines.add(line);
    head = new ChainHead(line.entry().seq(), line.entry().hash());
  }

  void addCheckpoint(String chain, CheckpointSigner signer) {
    add(Checkpoint.write(chain, head, signer));
  }

  List<ChainLine.Written> lines() {
    return lines;
  }

  ByteBuffer bytes() {
    var bytes = new ByteArrayOutputStream();
    lines.forEach(line -> bytes.writeBytes(line.bytes()));
    return ByteBuffer.wrap(bytes.toByteArray());
  }
}

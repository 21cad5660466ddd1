package dev.lethe.vault.audit;

import dev.lethe.vault.api.AuditPage;
import dev.lethe.vault.api.ChainCheck;
import dev.lethe.vault.ledger.CheckpointKeys;
import dev.lethe.vault.ledger.CheckpointSigner;
import dev.lethe.vault.ledger.Entry;
import dev.lethe.vault.ledger.HashChainFile;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Clock;
import java.util.OptionalLong;

/**
 * Who did what with keys and subjects, in a hash-chained file. Viewers stand in it as pseudonyms,
 * acting administrators in clear; no field value, token or key does. Thread-safe.
 */
public final class AuditLog implements AutoCloseable {
  private static final String CHECKPOINT = "checkpoint";

  private final Vertx vertx;
  private final HashChainFile file;
  private final CheckpointKeys keys;

  private AuditLog(Vertx vertx, HashChainFile file, CheckpointKeys keys) {
    this.vertx = vertx;
    this.file = file;
    this.keys = keys;
  }

  /** Where the audit log lies in a data folder. */
  public static Path file(Path data) {
    return data.resolve("audit").resolve("audit.jsonl");
  }

  /**
   * Opens the audit log of a data folder. Blocks.
   *
   * @throws dev.lethe.vault.ledger.BrokenChainException when the chain does not hold
   * @throws java.io.UncheckedIOException when the file cannot be read or made
   */
  public static AuditLog open(Vertx vertx, Path data, Clock clock, CheckpointSigner signer) {
    return new AuditLog(vertx, HashChainFile.open(file(data), clock, entry -> {}, signer), signer);
  }

  /**
   * Records an act.
   *
   * @param actor the administrator in clear, or a viewer's pseudonym, or a component
   * @param target what was acted on: a pseudonym, an epoch, a rotation
   * @return the number of the entry once it is durable; fails with {@link
   *     dev.lethe.vault.ledger.LedgerUnavailableException}
   */
  public Future<Long> append(String actor, String action, String target, String outcome) {
    return file.append(
            new JsonObject()
                .put("v", 1)
                .put("actor", actor)
                .put("action", action)
                .put("target", target)
                .put("outcome", outcome))
        .map(Entry::seq);
  }

  /**
   * A part of the log, oldest first.
   *
   * @param after the number before the first entry wanted; 0 begins at the beginning
   * @param limit how many entries at most, from 1
   */
  public Future<AuditPage> page(long after, int limit) {
    return vertx.executeBlocking(() -> read(after, limit), false);
  }

  private AuditPage read(long after, int limit) {
    var found = file.page(after, limit);
    var last = found.isEmpty() ? 0 : found.get(found.size() - 1).seq();
    var next =
        found.size() == limit && last < file.entries()
            ? OptionalLong.of(last)
            : OptionalLong.empty();
    return new AuditPage(found.stream().map(AuditLog::view).toList(), next);
  }

  private static AuditPage.Entry view(Entry entry) {
    var body = entry.json();
    if (CHECKPOINT.equals(body.getString("kind"))) {
      return new AuditPage.Entry(
          entry.seq(),
          entry.at(),
          "vault",
          CHECKPOINT,
          "entry " + body.getLong("seq"),
          "signed",
          entry.hash());
    }
    return new AuditPage.Entry(
        entry.seq(),
        entry.at(),
        body.getString("actor"),
        body.getString("action"),
        body.getString("target"),
        body.getString("outcome"),
        entry.hash());
  }

  /** Checks the whole chain and its checkpoints, as they stand in the file. */
  public Future<ChainCheck> verify() {
    return vertx.executeBlocking(() -> HashChainFile.verify(file.path(), keys), false);
  }

  /** Checks the chain of a data folder's audit log, also while it is in use. Blocks. */
  public static ChainCheck verify(Path data, CheckpointKeys keys) {
    return HashChainFile.verify(file(data), keys);
  }

  /** The file itself. */
  public HashChainFile chain() {
    return file;
  }

  /** Whether the disk takes entries. */
  public boolean healthy() {
    return file.healthy();
  }

  /** Writes what waits and closes the file. Blocks. */
  @Override
  public void close() {
    file.close();
  }
}

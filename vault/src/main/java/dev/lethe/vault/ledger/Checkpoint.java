package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * An entry that signs the chain before it, see {@link CheckpointSigner}. Its body is {@code
 * {"v":1,"kind":"checkpoint","chain":…,"seq":…,"hash":…,"kid":…,"signature":…}}.
 *
 * @param entry the number of the checkpoint itself
 * @param chain name of the file that it is of, so that it vouches for no other
 * @param upTo the last entry that it vouches for, the one before it
 */
record Checkpoint(long entry, String chain, ChainHead upTo, String kid, String signature) {
  private static final String BEGINNING = "{\"v\":1,\"kind\":\"checkpoint\",";

  /** The body of a checkpoint behind an entry. */
  static String write(String chain, ChainHead upTo, CheckpointSigner signer) {
    return new JsonObject()
        .put("v", 1)
        .put("kind", "checkpoint")
        .put("chain", chain)
        .put("seq", upTo.seq())
        .put("hash", upTo.hash())
        .put("kid", signer.kid())
        .put("signature", signer.sign(statement(chain, upTo)))
        .encode();
  }

  /** Whether an entry is a checkpoint, if it is sound. */
  static boolean isOne(Entry entry) {
    return entry.body().startsWith(BEGINNING);
  }

  /** Reads a checkpoint; empty when it lacks something. */
  static Optional<Checkpoint> read(Entry entry) {
    var body = entry.json();
    try {
      return Optional.of(
          new Checkpoint(
              entry.seq(),
              Objects.requireNonNull(body.getString("chain")),
              new ChainHead(
                  Objects.requireNonNull(body.getLong("seq")),
                  Objects.requireNonNull(body.getString("hash"))),
              Objects.requireNonNull(body.getString("kid")),
              Objects.requireNonNull(body.getString("signature"))));
    } catch (ClassCastException | NullPointerException e) {
      return Optional.empty();
    }
  }

  /** The name of a file's chain: that of the file without its ending. */
  static String chainOf(Path file) {
    var name = Objects.requireNonNull(file.getFileName()).toString();
    var dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }

  boolean signedBy(CheckpointKeys keys) {
    return keys.verifies(statement(chain, upTo), kid, signature);
  }

  private static byte[] statement(String chain, ChainHead upTo) {
    return "lethe checkpoint 1\n%s\n%d\n%s"
        .formatted(chain, upTo.seq(), upTo.hash())
        .getBytes(US_ASCII);
  }
}

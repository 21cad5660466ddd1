package dev.lethe.vault.ledger;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where the chains end, noted in a folder other than theirs: {@code {"v":1,"ledger":
 * {"seq":7,"hash":"…"},"audit":{…}}}. Blocks; for one thread at a time.
 */
public final class HeadsFile {
  private static final String NAME = "heads.json";
  private static final Logger LOG = LoggerFactory.getLogger(HeadsFile.class);
  private static final int FORMAT = 1;

  private final Path file;
  private Map<String, ChainHead> noted;
  private boolean writable = true;

  private HeadsFile(Path file, Map<String, ChainHead> noted) {
    this.file = file;
    this.noted = noted;
  }

  /**
   * Forgets what was noted, when the files it was noted of are lost for good.
   *
   * @param folder that of the keystore
   */
  public static void forget(Path folder) throws IOException {
    Files.deleteIfExists(folder.resolve(NAME));
  }

  /**
   * Reads what was noted, nothing when there is no such file yet.
   *
   * @param folder that of the keystore
   * @throws UnreadableEntryException when the file is not understood
   */
  public static HeadsFile in(Path folder) {
    var file = folder.resolve(NAME);
    try {
      return new HeadsFile(file, read(file));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + file, e);
    }
  }

  private static Map<String, ChainHead> read(Path file) throws IOException {
    try {
      return Files.exists(file) ? parse(Files.readString(file)) : Map.of();
    } catch (DecodeException | ClassCastException | NullPointerException e) {
      throw new UnreadableEntryException(
          file
              + " does not say where ledger and audit log end; if they are whole (./lethe audit verify), remove it",
          e);
    }
  }

  private static Map<String, ChainHead> parse(String text) {
    var heads = new HashMap<String, ChainHead>();
    for (var member : new JsonObject(text)) {
      if (member.getValue() instanceof JsonObject head) {
        heads.put(
            member.getKey(),
            new ChainHead(
                Objects.requireNonNull(head.getLong("seq")),
                Objects.requireNonNull(head.getString("hash"))));
      }
    }
    return heads;
  }

  /**
   * Makes sure that the files hold what was noted of them.
   *
   * @throws LedgerBehindException when one does not
   */
  public void check(List<HashChainFile> chains) {
    for (var chain : chains) {
      var known = noted.get(chain.name());
      if (known != null) {
        chain.require(known, "the keystore folder");
      }
    }
  }

  /**
   * Notes where the chains end now, if that is news and nobody doubts it. What another process,
   * with which this one shares the folder, noted of a chain that it continued stays. A disk that
   * refuses and a file that is not understood are logged, once.
   */
  public void note(List<HashChainFile> chains) {
    var now = new HashMap<>(noted);
    chains.stream()
        .filter(chain -> !chain.doubted())
        .forEach(chain -> now.put(chain.name(), chain.last()));
    if (now.equals(noted)) {
      return;
    }
    try {
      var heads = new HashMap<>(read(file));
      now.forEach(
          (name, head) ->
              heads.merge(name, head, (theirs, ours) -> theirs.seq() < ours.seq() ? ours : theirs));
      WholeFile.replace(file, text(heads));
      noted = now;
      writable = true;
    } catch (IOException | UnreadableEntryException e) {
      if (writable) {
        LOG.error("{}: the ends of ledger and audit log cannot be noted", file, e);
      }
      writable = false;
    }
  }

  private static String text(Map<String, ChainHead> heads) {
    var json = new JsonObject().put("v", FORMAT);
    heads.forEach(
        (name, head) ->
            json.put(name, new JsonObject().put("seq", head.seq()).put("hash", head.hash())));
    return json.encode() + "\n";
  }
}

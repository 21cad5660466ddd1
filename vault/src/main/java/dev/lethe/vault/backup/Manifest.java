package dev.lethe.vault.backup;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a backup says of itself, in {@value #NAME}.
 *
 * @param activeEpoch before the copying began
 * @param createdAt when the copying began
 * @param redisVersion of the server that wrote the dump
 * @param entries of the ledger in it
 * @param head hash of the last of them
 * @param files all others, by name
 */
public record Manifest(
    String installation,
    int activeEpoch,
    Instant createdAt,
    String redisVersion,
    long entries,
    String head,
    Map<String, FileFacts> files) {
  static final String NAME = "manifest.json";
  static final String REDIS = "redis.rdb";
  static final String LEDGER = "ledger.jsonl";
  static final String AUDIT = "audit.jsonl";
  private static final int FORMAT = 1;

  /** Size in bytes, and SHA-256 in lower-case hexadecimal. */
  public record FileFacts(long size, String sha256) {
    static FileFacts of(Path file) throws IOException {
      return new FileFacts(Files.size(file), PrivateFiles.sha256(file));
    }
  }

  public Manifest {
    files = Map.copyOf(files);
  }

  String text() {
    var listed = new JsonObject();
    new TreeMap<>(files)
        .forEach(
            (name, facts) ->
                listed.put(
                    name,
                    new JsonObject().put("size", facts.size()).put("sha256", facts.sha256())));
    return new JsonObject()
            .put("format", FORMAT)
            .put("installation", installation)
            .put("activeEpoch", activeEpoch)
            .put("createdAt", createdAt.toString())
            .put("redisVersion", redisVersion)
            .put("ledger", new JsonObject().put("entries", entries).put("head", head))
            .put("files", listed)
            .encodePrettily()
        + "\n";
  }

  /**
   * Reads the manifest of a backup and makes sure that its files are those that it lists.
   *
   * @throws BackupException when they are not, or it is no backup of a format known here
   */
  static Manifest verified(Path backup) throws IOException {
    var file = backup.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      throw new BackupException(backup + " holds no complete backup: it lacks " + NAME);
    }
    var manifest = parse(file);
    for (var name : new String[] {REDIS, LEDGER, AUDIT}) {
      var facts = manifest.files().get(name);
      var copy = backup.resolve(name);
      if (facts == null || !Files.isRegularFile(copy) || !facts.equals(FileFacts.of(copy))) {
        throw new BackupException(copy + " is missing, or not what the manifest says: damaged");
      }
    }
    return manifest;
  }

  private static Manifest parse(Path file) throws IOException {
    try {
      var json = new JsonObject(Files.readString(file));
      if (!Integer.valueOf(FORMAT).equals(json.getInteger("format"))) {
        throw new BackupException(
            file + " is of format " + json.getValue("format") + ", this program reads " + FORMAT);
      }
      var files = new TreeMap<String, FileFacts>();
      var listed = json.getJsonObject("files");
      for (var name : listed.fieldNames()) {
        var facts = listed.getJsonObject(name);
        files.put(name, new FileFacts(facts.getLong("size"), facts.getString("sha256")));
      }
      var ledger = json.getJsonObject("ledger");
      return new Manifest(
          json.getString("installation"),
          json.getInteger("activeEpoch"),
          Instant.parse(json.getString("createdAt")),
          json.getString("redisVersion"),
          ledger.getLong("entries"),
          ledger.getString("head"),
          files);
    } catch (DecodeException | ClassCastException | DateTimeException | NullPointerException e) {
      throw new BackupException(file + " is no manifest of a backup", e);
    }
  }
}

package dev.lethe.vault.backup;

import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.ledger.ChainCopy;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.ledger.LedgerReading;
import dev.lethe.vault.redis.BackupMark;
import dev.lethe.vault.redis.RunningRedis;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.UUID;

/**
 * Copies what an installation keeps but its keys, while it serves: the store as of one moment, then
 * ledger and audit log, which therefore know of everything that was taken out of the store until
 * that moment. It gets its name when it is complete and durable.
 */
public final class Backup {
  private final Path data;
  private final RunningRedis redis;
  private final Clock clock;

  /**
   * @param data folder of ledger and audit log
   */
  public Backup(Path data, RunningRedis redis, Clock clock) {
    this.data = data;
    this.redis = redis;
    this.clock = clock;
  }

  /**
   * Makes a backup and tells the installation about it.
   *
   * @param to missing or empty
   * @throws BackupException when it cannot be made; nothing is left of it then
   */
  public Manifest to(Path to) throws IOException {
    if (!PrivateFiles.emptyOrMissing(to)) {
      throw new BackupException(to + " is not empty: give each backup a folder of its own");
    }
    var parent = to.toAbsolutePath().normalize().getParent();
    if (parent == null) {
      throw new BackupException(to + " is no folder for a backup");
    }
    Files.createDirectories(parent);
    var partial = PrivateFiles.folder(parent.resolve(".lethe-backup-" + UUID.randomUUID()));
    try {
      var manifest = copy(partial);
      var sha256 = PrivateFiles.sha256(partial.resolve(Manifest.NAME));
      Files.move(partial, to, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.force(parent);
      BackupMark.confirm(
          redis, new BackupMark.Confirmed(manifest.activeEpoch(), manifest.createdAt(), sha256));
      return manifest;
    } finally {
      if (Files.exists(partial)) {
        PrivateFiles.removeTree(partial);
      }
    }
  }

  private Manifest copy(Path folder) throws IOException {
    var at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var epoch =
        LedgerReading.of(Ledger.file(data))
            .activeEpoch()
            .orElseThrow(() -> new BackupException("the ledger names no epoch: nothing to keep"));
    var installation =
        redis
            .installation()
            .orElseThrow(() -> new BackupException("this Redis belongs to no installation"));
    var dump = PrivateFiles.file(folder.resolve(Manifest.REDIS));
    try (var out = new BufferedOutputStream(Files.newOutputStream(dump), 1 << 16)) {
      redis.dump(out);
    }
    PrivateFiles.force(dump);
    var ledger =
        ChainCopy.of(Ledger.file(data), PrivateFiles.file(folder.resolve(Manifest.LEDGER)));
    ChainCopy.of(AuditLog.file(data), PrivateFiles.file(folder.resolve(Manifest.AUDIT)));
    var files = new HashMap<String, Manifest.FileFacts>();
    for (var name : new String[] {Manifest.REDIS, Manifest.LEDGER, Manifest.AUDIT}) {
      files.put(name, Manifest.FileFacts.of(folder.resolve(name)));
    }
    var manifest =
        new Manifest(
            installation, epoch, at, redis.version(), ledger.entries(), ledger.head(), files);
    Files.writeString(PrivateFiles.file(folder.resolve(Manifest.NAME)), manifest.text());
    PrivateFiles.force(folder.resolve(Manifest.NAME));
    PrivateFiles.force(folder);
    return manifest;
  }
}

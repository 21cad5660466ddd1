package dev.lethe.vault.backup;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.audit.AuditLog;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.ChainCopy;
import dev.lethe.vault.ledger.HeadsFile;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.EmbeddedRedis;
import dev.lethe.vault.redis.RunningRedis;
import dev.lethe.vault.redis.ScratchRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Brings a backup back into a data folder on which no instance runs. The keystore stays; what the
 * ledger took out since is taken out again when the instance starts.
 */
public final class Restore {
  private static final DateTimeFormatter STAMP =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

  private final Path backup;
  private final Path data;
  private final Keystore keystore;
  private final Path keystoreFolder;
  private final Clock clock;

  /**
   * @param data locked by the caller
   */
  public Restore(Path backup, Path data, Keystore keystore, Path keystoreFolder, Clock clock) {
    this.backup = backup;
    this.data = data;
    this.keystore = keystore;
    this.keystoreFolder = keystoreFolder;
    this.clock = clock;
  }

  /**
   * Checks the backup and says what would become of today's state; changes nothing.
   *
   * @throws BackupException when it must not be brought back
   */
  public RestorePlan plan() throws IOException {
    var manifest = Manifest.verified(backup);
    if (!manifest.installation().equals(keystore.installationId())) {
      throw new BackupException(
          "the backup is of another installation than the keystore: check which is the wrong one");
    }
    if (!readable(manifest.activeEpoch())) {
      throw new BackupException(
          "the backup is of epoch "
              + manifest.activeEpoch()
              + ", whose keys are destroyed: it is noise, and nobody can read it any more");
    }
    return RestorePlan.of(manifest, Ledger.file(data), backup.resolve(Manifest.LEDGER));
  }

  /** Whether an epoch has its keys, and no rotation is about to take them. */
  private boolean readable(int epoch) {
    boolean dying =
        keystore
            .currentRotation()
            .filter(rotation -> rotation.state() == Rotation.State.DESTROYING)
            .filter(rotation -> rotation.fromEpoch() == epoch)
            .isPresent();
    return !dying && keystore.ring().key(epoch, Purpose.SELF).isPresent();
  }

  /**
   * Does what a plan says.
   *
   * @return where the previous state was put aside
   * @throws BackupException when the store in it cannot be used; nothing is changed then
   */
  public List<Path> carryOut(RestorePlan plan) throws IOException {
    var scratch = PrivateFiles.folder(data.resolve(".restore-" + UUID.randomUUID()));
    try {
      var loaded = load(scratch, plan.manifest().installation());
      if (RunningRedis.in(data).isPresent()) {
        EmbeddedRedis.start(data).stop(); // outlived a crash of its instance
      }
      var aside = new ArrayList<Path>();
      var stamp = ".before-restore-" + STAMP.format(clock.instant());
      if (!plan.keepsLedger()) {
        take(Ledger.file(data), Manifest.LEDGER, stamp, aside);
        take(AuditLog.file(data), Manifest.AUDIT, stamp, aside);
        HeadsFile.forget(keystoreFolder); // of the files that are lost
      }
      var redis = data.resolve("redis");
      if (Files.exists(redis)) {
        aside.add(Files.move(redis, data.resolve("redis" + stamp), StandardCopyOption.ATOMIC_MOVE));
      }
      Files.move(loaded, redis, StandardCopyOption.ATOMIC_MOVE);
      PrivateFiles.force(data);
      return List.copyOf(aside);
    } finally {
      ScratchRedis.remove(scratch);
    }
  }

  /** A folder of Redis with the append-only file of the backup's store. */
  private Path load(Path scratch, String installation) throws IOException {
    var folder = ScratchRedis.folder(scratch);
    Files.copy(backup.resolve(Manifest.REDIS), folder.resolve(ScratchRedis.RDB));
    try (var redis = ScratchRedis.start(scratch)) {
      if (!redis.server().installation().equals(Optional.of(installation))) {
        throw new BackupException("the store in the backup belongs to another installation");
      }
      var noise = new long[1];
      redis.each(
          words -> {
            if (!readable(words)) {
              noise[0]++;
            }
          });
      if (noise[0] > 0) {
        throw new BackupException(
            noise[0]
                + " people in the backup are sealed under epochs whose keys are destroyed: it was"
                + " made during a rotation, take a later one");
      }
      redis.writeAppendOnlyFile();
    }
    for (var name : List.of(ScratchRedis.RDB, "redis.conf", "redis.log", "redis.sock")) {
      Files.deleteIfExists(folder.resolve(name));
    }
    return folder;
  }

  /** Whether what a key holds is no subject, or one whose epoch has its keys; 0 is erased. */
  private boolean readable(List<byte[]> words) {
    if (!new String(words.get(1), UTF_8).startsWith("s:{")) {
      return true;
    }
    for (int i = 2; i + 1 < words.size(); i += 2) {
      if (new String(words.get(i), UTF_8).equals("epoch")) {
        int epoch = Integer.parseInt(new String(words.get(i + 1), UTF_8));
        return epoch == 0 || readable(epoch);
      }
    }
    return true;
  }

  private void take(Path file, String name, String stamp, List<Path> aside) throws IOException {
    var folder = file.resolveSibling("");
    if (Files.exists(file)) {
      aside.add(
          Files.move(
              file,
              file.resolveSibling(file.getFileName() + stamp),
              StandardCopyOption.ATOMIC_MOVE));
    } else if (!Files.exists(folder)) {
      PrivateFiles.folder(folder);
    }
    ChainCopy.of(backup.resolve(name), PrivateFiles.file(file));
    PrivateFiles.force(folder);
  }
}

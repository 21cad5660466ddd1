package dev.lethe.gateway.app;

import dev.lethe.gateway.app.VaultWork.Report;
import dev.lethe.gateway.app.VaultWork.Status;
import dev.lethe.gateway.app.config.Config;
import dev.lethe.vault.backup.Backup;
import dev.lethe.vault.backup.BackupException;
import dev.lethe.vault.backup.Restore;
import dev.lethe.vault.backup.RestorePlan;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.RedisUnavailableException;
import dev.lethe.vault.redis.RunningRedis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

/** Makes backups and brings them back. */
record VaultBackups(Config config, Clock clock) {
  Report backup(Path to) {
    if (!Files.exists(Ledger.file(config.data()))) {
      throw new FailedException("no ledger in " + config.data());
    }
    try {
      var manifest = new Backup(config.data(), server(), clock).to(to);
      return new Report(
          List.of(
              "backup        " + to,
              "epoch         " + manifest.activeEpoch(),
              "as of         " + manifest.createdAt(),
              "ledger        " + manifest.entries() + " entries, head " + manifest.head(),
              "not in it     the keystore and its passphrase: keep those elsewhere"),
          Status.DONE);
    } catch (IOException | BackupException | RedisUnavailableException e) {
      throw new FailedException("no backup was made: " + e.getMessage(), e);
    }
  }

  private RunningRedis server() throws IOException {
    var server = config.redisUri().map(RunningRedis::at);
    return server.isPresent()
        ? server.get()
        : RunningRedis.in(config.data())
            .orElseThrow(
                () -> new FailedException("no instance runs on " + config.data() + ": start it"));
  }

  Report restore(Path from, boolean confirmed) {
    if (config.redisUri().isPresent()) {
      throw new FailedException(
          "this Redis is run by somebody else: have it load "
              + from.resolve("redis.rdb")
              + ", and start Lethe, which brings it in line with the ledger");
    }
    if (!Files.isDirectory(from)) {
      throw new FailedException("there is no backup at " + from);
    }
    try (var folder = DataFolder.lock(config.data())) {
      var keystore = OpenedKeystore.existing(config.keystore(), clock);
      var restore = new Restore(from, folder.path(), keystore, config.keystore().path(), clock);
      var plan = restore.plan();
      var lines = new ArrayList<>(lines(plan));
      if (!confirmed) {
        lines.add("nothing was changed: add --yes to do it");
        return new Report(lines, Status.UNCONFIRMED);
      }
      for (var aside : restore.carryOut(plan)) {
        lines.add("put aside     " + aside);
      }
      lines.add("restored      start the instance: it applies the ledger before it serves");
      return new Report(lines, Status.DONE);
    } catch (IOException | BackupException | RedisUnavailableException e) {
      throw new FailedException("nothing was restored: " + e.getMessage(), e);
    }
  }

  private static List<String> lines(RestorePlan plan) {
    var manifest = plan.manifest();
    var lines = new ArrayList<String>();
    lines.add("backup as of  " + manifest.createdAt() + ", epoch " + manifest.activeEpoch());
    lines.add(
        "lost          whatever was stored, changed or agreed to since "
            + manifest.createdAt()
            + ", and whoever is new since");
    lines.addAll(
        plan.keepsLedger()
            ? List.of(
                "ledger        today's stays: " + plan.since() + " entries since the backup",
                "taken out     again, if they are in the backup: "
                    + plan.erasures()
                    + " erasures, "
                    + plan.withdrawals()
                    + " withdrawals, "
                    + plan.forgettings()
                    + " forgettings")
            : List.of(
                "LEDGER LOST   today's is missing or older: that of the backup is taken, with its"
                    + " audit log",
                "NOT TAKEN OUT erasures, withdrawals and forgettings after "
                    + manifest.createdAt()
                    + " are not known any more: people come back who were erased since"));
    return lines;
  }
}

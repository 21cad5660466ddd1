package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.VaultWork;
import dev.lethe.gateway.app.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Does nothing, and says what it was asked.
 *
 * @param asked where it says so
 */
record RecordedWork(List<String> asked, VaultWork.Report report) implements VaultWork {
  @Override
  public Report proveErased(
      Config config, List<Path> backups, Optional<Person> person, Consumer<String> progress) {
    asked.add(
        "prove "
            + config.data().getFileName()
            + " "
            + backups
            + " "
            + person.map(Person::subject).orElse("everybody"));
    return report;
  }

  @Override
  public Report backup(Config config, Path to) {
    asked.add("backup " + config.data().getFileName() + " " + to.getFileName());
    return report;
  }

  @Override
  public Report restore(Config config, Path from, boolean confirmed) {
    asked.add("restore " + from.getFileName() + " " + confirmed);
    return report;
  }

  @Override
  public Report changePassphrase(Config config, Path newPassphrase) {
    asked.add("passphrase " + newPassphrase.getFileName());
    return report;
  }

  @Override
  public Report exportKeystore(Config config, Path to, Path passphrase) {
    asked.add("export " + to.getFileName() + " " + passphrase.getFileName());
    return report;
  }

  @Override
  public Report importKeystore(Config config, Path from, Path passphrase) {
    asked.add("import " + from.getFileName() + " " + passphrase.getFileName());
    return report;
  }
}

package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Works on the stores of a real vault. */
record VaultStores(Clock clock) implements VaultWork {
  @Override
  public Report proveErased(
      Config config, List<Path> backups, Optional<Person> person, Consumer<String> progress) {
    return new VaultProof(config, clock, progress).run(backups, person);
  }

  @Override
  public Report backup(Config config, Path to) {
    return new VaultBackups(config, clock).backup(to);
  }

  @Override
  public Report restore(Config config, Path from, boolean confirmed) {
    return new VaultBackups(config, clock).restore(from, confirmed);
  }

  @Override
  public Report changePassphrase(Config config, Path newPassphrase) {
    return new VaultKeystore(config).passphrase(newPassphrase);
  }

  @Override
  public Report exportKeystore(Config config, Path to, Path passphrase) {
    return new VaultKeystore(config).export(to, passphrase);
  }

  @Override
  public Report importKeystore(Config config, Path from, Path passphrase) {
    return new VaultKeystore(config).importFrom(from, passphrase);
  }
}

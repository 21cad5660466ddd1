package dev.lethe.bench.scale;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.RedisTools;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.vault.VaultUnderTest;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A vault in this process for some number of people, on a folder that an instance has made. */
final class PopulatedVault implements AutoCloseable {
  private final Path folder;
  private final int people;
  private final VaultUnderTest vault;
  private final RedisTools redis;

  private PopulatedVault(Path folder, int people, VaultUnderTest vault) {
    this.folder = folder;
    this.people = people;
    this.vault = vault;
    this.redis = new RedisTools(vault.redisConf());
  }

  /** Opens it without people. Blocks. */
  static PopulatedVault open(Path folder, int people) {
    return new PopulatedVault(folder, people, new VaultUnderTest(folder, passphrase(folder)));
  }

  private static String passphrase(Path folder) {
    try {
      return Files.readString(folder.resolve("keystore").resolve("passphrase")).strip();
    } catch (IOException e) {
      throw new BenchException("the instance left no passphrase: " + e.getMessage(), e);
    }
  }

  Path folder() {
    return folder;
  }

  /** How many it is for. */
  int people() {
    return people;
  }

  VaultUnderTest vault() {
    return vault;
  }

  RedisTools redis() {
    return redis;
  }

  VaultFigures figures() {
    return Waiting.until(vault.ask(new VaultRequest.ReadFigures(Instant.now().plusSeconds(30))));
  }

  @Override
  public void close() {
    vault.close();
  }
}

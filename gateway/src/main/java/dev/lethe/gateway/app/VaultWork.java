package dev.lethe.gateway.app;

import dev.lethe.gateway.app.config.Config;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What operators have done with the vault's stores from outside. Everything blocks. */
public interface VaultWork {
  /**
   * What came of it.
   *
   * @param lines for people
   * @param status of the whole command
   */
  record Report(List<String> lines, Status status) {
    public Report {
      lines = List.copyOf(lines);
    }
  }

  /** How it ended. */
  enum Status {
    /** As it should. */
    DONE,
    /** Not as it should. */
    FAILED,
    /** Nothing was done: it has to be asked for once more, knowing this. */
    UNCONFIRMED,
    /** Neither can be said. */
    INCONCLUSIVE
  }

  /**
   * Somebody as an issuer names them.
   *
   * @param issuer the development issuer, or the only one, when it is left out
   */
  record Person(Optional<String> issuer, String subject) {
    @Override
    public String toString() {
      return "Person[hidden]";
    }
  }

  /**
   * Attacks copies of Redis with all that today's Redis and keystore hold.
   *
   * @param person whom to look for; everybody erased without one
   * @param progress is told one line at a time
   * @throws FailedException when there is nothing to attack with
   */
  Report proveErased(
      Config config, List<Path> backups, Optional<Person> person, Consumer<String> progress);

  /**
   * Copies everything but the keys while the instance serves.
   *
   * @param to missing or empty
   * @throws FailedException when it cannot be done; nothing is left of it then
   */
  Report backup(Config config, Path to);

  /**
   * Brings a backup back where no instance runs.
   *
   * @param confirmed otherwise it only says what it would do
   * @throws FailedException when it must not be done
   */
  Report restore(Config config, Path from, boolean confirmed);

  /**
   * Seals the keystore and its mirrors under the passphrase in a file, where no instance runs.
   *
   * @throws FailedException when it cannot be done
   */
  Report changePassphrase(Config config, Path newPassphrase);

  /**
   * Writes the keystore to a file that does not exist, where no instance runs.
   *
   * @param passphrase file with that of the export
   * @throws FailedException when it cannot be done
   */
  Report exportKeystore(Config config, Path to, Path passphrase);

  /**
   * Makes a keystore of an export, where there is none and no instance runs.
   *
   * @param passphrase file with that of the export
   * @throws FailedException when it must not be done
   */
  Report importKeystore(Config config, Path from, Path passphrase);
}

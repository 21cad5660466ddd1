package dev.lethe.gateway.app;

import java.nio.file.Path;
import java.util.Optional;

/** Checks the hash chains of audit log and ledger in a data folder. */
public interface ChainsCheck {
  /**
   * What came out.
   *
   * @param summary one line for people
   * @param fault the first broken entry, if there is one
   */
  record Report(String summary, Optional<String> fault) {}

  /**
   * Reads both chains from their beginning. Blocks.
   *
   * @throws FailedException when they cannot be read
   */
  Report check(Path data);
}

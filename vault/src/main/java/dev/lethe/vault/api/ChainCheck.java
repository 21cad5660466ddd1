package dev.lethe.vault.api;

import java.util.Optional;

/**
 * The verdict on a hash-chained file.
 *
 * @param head hash of the last good entry, lower-case hexadecimal
 * @param signedUpTo number of the last entry that a signed checkpoint vouches for; 0 when none does
 * @param fault the first broken entry and what is wrong with it; empty when the chain holds
 */
public record ChainCheck(long entries, String head, long signedUpTo, Optional<String> fault) {
  public boolean ok() {
    return fault.isEmpty();
  }
}

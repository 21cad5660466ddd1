package dev.lethe.vault.crypto;

import dev.lethe.vault.api.Purpose;
import java.util.Optional;

/** The living epoch keys, by epoch and purpose. */
public interface EpochKeys {
  /** The key of an epoch for a purpose; empty when the epoch is destroyed or was never made. */
  Optional<KeyBytes> key(int epoch, Purpose purpose);
}

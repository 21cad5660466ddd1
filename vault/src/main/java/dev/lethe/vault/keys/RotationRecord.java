package dev.lethe.vault.keys;

import dev.lethe.vault.api.Rotation.State;
import java.time.Instant;
import java.util.Optional;

/**
 * A rotation as kept beside the keys that it replaces, so that it is resumed wherever it stopped.
 */
public record RotationRecord(
    String id,
    State state,
    String reason,
    int fromEpoch,
    int toEpoch,
    Instant startedAt,
    Optional<Instant> completedAt,
    long total,
    long done) {}

package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/**
 * How a person's data may be dealt with.
 *
 * @param heldSince when the legal hold began that stands
 * @param restrictedSince when the restriction began that stands
 */
public record SubjectState(Optional<Instant> heldSince, Optional<Instant> restrictedSince) {}

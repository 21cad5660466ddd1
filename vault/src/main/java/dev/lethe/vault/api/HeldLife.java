package dev.lethe.vault.api;

import java.util.Optional;

/**
 * What a legal hold keeps of one life of a person.
 *
 * @param erasureId of the erasure that waits for the hold; empty for the life that goes on
 * @param export everything, whatever retention would leave out of it
 */
public record HeldLife(long life, Optional<String> erasureId, Export export) {}

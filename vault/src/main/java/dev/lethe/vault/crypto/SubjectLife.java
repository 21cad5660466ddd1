package dev.lethe.vault.crypto;

/**
 * Whose sealed blobs, and of which life: an erasure ends a life, and what comes after it is sealed
 * as another.
 *
 * @param pseudonym of the subject
 * @param life counted from 1, never restarts
 */
public record SubjectLife(String pseudonym, long life) {}

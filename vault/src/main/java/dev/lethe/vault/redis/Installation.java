package dev.lethe.vault.redis;

/**
 * Whom a Redis belongs to.
 *
 * @param pepperFingerprint of the pepper that makes the pseudonyms
 * @param format of what is stored
 */
public record Installation(String id, String pepperFingerprint, int format) {}

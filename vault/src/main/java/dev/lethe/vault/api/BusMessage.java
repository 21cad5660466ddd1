package dev.lethe.vault.api;

/**
 * Anything that Lethe sends over the event bus: immutable, and passed by reference within a
 * process.
 */
public interface BusMessage {}

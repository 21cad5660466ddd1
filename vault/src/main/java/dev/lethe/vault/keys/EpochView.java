package dev.lethe.vault.keys;

/**
 * How far a node has come with the epochs.
 *
 * @param newest that it has the keys of
 * @param active that it seals under
 * @param sealing lowest that anything is still being sealed under
 * @param oldest that it has the keys of
 */
public record EpochView(int newest, int active, int sealing, int oldest) {}

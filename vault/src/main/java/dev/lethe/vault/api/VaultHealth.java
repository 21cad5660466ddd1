package dev.lethe.vault.api;

import java.util.Map;

/**
 * Whether each part that the vault rests on is up: {@code redis}, {@code ledger}, {@code keystore}.
 */
public record VaultHealth(Map<String, Boolean> checks) {}

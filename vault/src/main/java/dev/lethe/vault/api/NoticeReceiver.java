package dev.lethe.vault.api;

/**
 * Somebody who is told of erasures and withdrawals.
 *
 * @param name as the configuration, the ledger and the persons concerned see it; never an address
 * @param audience the claim {@code aud} of what it is sent
 * @param retired whether it is told nothing any more, and what still waits for it is given up
 */
public record NoticeReceiver(String name, String audience, boolean retired) {}

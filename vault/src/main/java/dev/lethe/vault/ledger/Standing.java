package dev.lethe.vault.ledger;

import java.time.Instant;

/**
 * That a person is under a legal hold, or restricted.
 *
 * @param life the person's life when it began
 * @param since when it began
 */
public record Standing(long life, Instant since) {}

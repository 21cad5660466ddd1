package dev.lethe.vault.ledger;

/**
 * The end of a chain at some moment.
 *
 * @param seq number of the last entry; 0 when there was none
 * @param hash its hash, lower-case hexadecimal; 64 zeros when there was none
 */
public record ChainHead(long seq, String hash) {}

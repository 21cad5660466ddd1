package dev.lethe.vault.api;

/**
 * A decision taken.
 *
 * @param receipt JWS of the decision, compact form
 */
public record ConsentGiven(Consents consents, String receipt) {}

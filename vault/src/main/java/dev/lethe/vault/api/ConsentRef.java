package dev.lethe.vault.api;

import java.time.Instant;

/**
 * Names a decision of a person, as the receipt of it does.
 *
 * @param version of the consent record that the decision made; the {@code version} of its receipt
 * @param at when it was taken; the {@code at} of its receipt
 */
public record ConsentRef(Purpose purpose, long version, Instant at) {}

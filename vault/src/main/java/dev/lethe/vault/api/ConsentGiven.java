package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Optional;

/**
 * A decision taken.
 *
 * @param receipt JWS of the decision, compact form
 * @param modelBy when nothing served is promised to be learned any more from what was withdrawn;
 *     empty when nothing is now
 */
public record ConsentGiven(Consents consents, String receipt, Optional<Instant> modelBy) {}

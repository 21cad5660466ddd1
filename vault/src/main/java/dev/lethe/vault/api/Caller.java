package dev.lethe.vault.api;

import java.time.Instant;

/**
 * Who asks, by when an answer is of use, and in which trace.
 *
 * @param subject whose profile it is about
 * @param token the token that carries the request; absent fields are for requests made by an
 *     administrator
 * @param deadline after this instant nobody waits for the answer
 * @param traceId 32 hexadecimal digits, as in W3C Trace Context; never derived from the person
 */
public record Caller(SubjectRef subject, TokenRef token, Instant deadline, String traceId) {}

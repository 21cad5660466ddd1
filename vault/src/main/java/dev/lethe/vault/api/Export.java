package dev.lethe.vault.api;

import java.util.List;
import java.util.Optional;

/**
 * Everything about one person (GDPR 15 and 20).
 *
 * @param profile empty when no field holds data
 * @param controller who decides about the processing, as configured
 * @param receipts JWS of the decisions in force, compact form
 */
public record Export(
    Optional<ProfileView> profile,
    Consents consents,
    List<String> receipts,
    List<AccessLogEntry> accessLog,
    RetentionRule retention,
    String controller) {}

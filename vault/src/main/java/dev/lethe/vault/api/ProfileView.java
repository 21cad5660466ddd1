package dev.lethe.vault.api;

import java.time.Instant;

/** A person's own view of their profile, at a version. */
public record ProfileView(Profile profile, long version, Instant updatedAt) {}

package dev.lethe.vault.rotation;

import java.time.Duration;

/**
 * When epochs are rotated, and what has to be before an old one is destroyed.
 *
 * @param every how long an epoch lives at most
 * @param grace between the last resealed grant and the destruction of the old epoch
 * @param backupRequired whether there must be a backup under the new epoch first
 */
public record RotationRule(Duration every, Duration grace, boolean backupRequired) {}

package dev.lethe.vault.profile;

import java.util.Map;
import java.util.Set;

/**
 * What a revision does to the stored subject, to be carried out as one.
 *
 * @param version the subject's version afterwards
 * @param epoch the epoch of all its grants afterwards
 * @param set blobs to store, by name of the hash field
 * @param remove names of hash fields to take out
 */
public record SealedRevision(
    long version, int epoch, Map<String, byte[]> set, Set<String> remove) {}

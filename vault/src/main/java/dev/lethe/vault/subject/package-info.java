/**
 * A person's way from Redis to an open profile and back: read under the ledger's guard, revised,
 * sealed and stored as one change.
 */
@NullMarked
package dev.lethe.vault.subject;

import org.jspecify.annotations.NullMarked;

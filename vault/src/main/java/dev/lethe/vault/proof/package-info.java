/**
 * Attacking what Redis left on disk, as somebody would who holds every copy and today's keys: what
 * an erasure must have made worthless. Dumps are read by a scratch server, everything else here.
 */
@NullMarked
package dev.lethe.vault.proof;

import org.jspecify.annotations.NullMarked;

/**
 * Reading what Redis left on disk, without Redis: what an erasure must have made worthless. Pure:
 * no Vert.x, no server.
 */
@NullMarked
package dev.lethe.vault.proof;

import org.jspecify.annotations.NullMarked;

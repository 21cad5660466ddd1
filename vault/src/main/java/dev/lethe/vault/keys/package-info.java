/**
 * Epoch keys, the pepper and the receipt key, and the file that keeps them. Pure: no Vert.x, no
 * Redis; what touches the file blocks.
 */
@NullMarked
package dev.lethe.vault.keys;

import org.jspecify.annotations.NullMarked;

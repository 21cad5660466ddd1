/** Replacing the epoch keys while traffic flows, to the destruction of the old ones. */
@NullMarked
package dev.lethe.vault.rotation;

import org.jspecify.annotations.NullMarked;

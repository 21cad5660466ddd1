/** The steps of the protocols that have to survive a crash between any two of them. */
@NullMarked
package dev.lethe.vault.protocol;

import org.jspecify.annotations.NullMarked;

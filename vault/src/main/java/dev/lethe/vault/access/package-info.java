/** Who read what of a person: counted in memory for a moment, then sealed beside the profile. */
@NullMarked
package dev.lethe.vault.access;

import org.jspecify.annotations.NullMarked;

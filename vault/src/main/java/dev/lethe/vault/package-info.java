/** The vault: every viewer's profile, sealed with keys of that viewer alone. */
@NullMarked
package dev.lethe.vault;

import org.jspecify.annotations.NullMarked;

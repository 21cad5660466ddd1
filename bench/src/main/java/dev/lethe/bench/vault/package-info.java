/** Measures the vault alone: no HTTPS, no tokens, no ranking. */
@NullMarked
package dev.lethe.bench.vault;

import org.jspecify.annotations.NullMarked;

/** Learning what goes together from those who agreed to it, and forgetting them exactly. */
@NullMarked
package dev.lethe.ranker.train;

import org.jspecify.annotations.NullMarked;

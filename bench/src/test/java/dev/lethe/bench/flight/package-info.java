/** Tests of what a moment is counted as. */
@NullMarked
package dev.lethe.bench.flight;

import org.jspecify.annotations.NullMarked;

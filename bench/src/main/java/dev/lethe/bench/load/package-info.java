/** Load on whatever answers, and what it was like. */
@NullMarked
package dev.lethe.bench.load;

import org.jspecify.annotations.NullMarked;

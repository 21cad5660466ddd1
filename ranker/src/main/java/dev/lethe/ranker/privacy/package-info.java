/** Learning with differential privacy, to measure what it would cost. */
@NullMarked
package dev.lethe.ranker.privacy;

import org.jspecify.annotations.NullMarked;

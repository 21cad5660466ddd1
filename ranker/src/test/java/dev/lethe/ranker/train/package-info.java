/** Tests of the ranker. */
@NullMarked
package dev.lethe.ranker.train;

import org.jspecify.annotations.NullMarked;

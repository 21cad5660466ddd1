/** Tests of the ranker. */
@NullMarked
package dev.lethe.ranker.eval;

import org.jspecify.annotations.NullMarked;

/** Tests of the ranker. */
@NullMarked
package dev.lethe.ranker;

import org.jspecify.annotations.NullMarked;

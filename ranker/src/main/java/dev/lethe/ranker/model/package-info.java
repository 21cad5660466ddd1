/** Scoring and its explanation: pure, the same for equal input. */
@NullMarked
package dev.lethe.ranker.model;

import org.jspecify.annotations.NullMarked;

/** The ranker: scores titles with what a viewer agreed to share. */
@NullMarked
package dev.lethe.ranker;

import org.jspecify.annotations.NullMarked;

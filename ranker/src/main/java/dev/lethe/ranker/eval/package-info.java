/** How good rankings are, measured on data sets of the field. */
@NullMarked
package dev.lethe.ranker.eval;

import org.jspecify.annotations.NullMarked;

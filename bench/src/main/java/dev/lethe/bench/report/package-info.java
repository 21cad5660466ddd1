/** Figures, what they are measured against, and how they are shown. */
@NullMarked
package dev.lethe.bench.report;

import org.jspecify.annotations.NullMarked;

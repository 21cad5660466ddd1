/** Tests of how figures are shown. */
@NullMarked
package dev.lethe.bench.report;

import org.jspecify.annotations.NullMarked;

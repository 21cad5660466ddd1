/** Where a running instance spends its time. */
@NullMarked
package dev.lethe.bench.flight;

import org.jspecify.annotations.NullMarked;

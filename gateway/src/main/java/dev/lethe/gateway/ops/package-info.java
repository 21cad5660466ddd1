/** What operators look at: health and metrics. */
@NullMarked
package dev.lethe.gateway.ops;

import org.jspecify.annotations.NullMarked;

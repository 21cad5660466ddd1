/** Tests of requests that a load makes. */
@NullMarked
package dev.lethe.bench.load;

import org.jspecify.annotations.NullMarked;

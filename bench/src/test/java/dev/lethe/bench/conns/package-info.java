/** Tests that the benchmarks measure what they are named for. */
@NullMarked
package dev.lethe.bench.conns;

import org.jspecify.annotations.NullMarked;

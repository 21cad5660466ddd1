/** Tests of what is read of an instance. */
@NullMarked
package dev.lethe.bench.edge;

import org.jspecify.annotations.NullMarked;

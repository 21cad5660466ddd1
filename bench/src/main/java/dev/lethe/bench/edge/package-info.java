/** Whole calls over HTTPS: an instance, and servers that do less, each in a process of its own. */
@NullMarked
package dev.lethe.bench.edge;

import org.jspecify.annotations.NullMarked;

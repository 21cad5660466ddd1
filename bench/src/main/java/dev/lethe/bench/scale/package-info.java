/** What grows with the number of people, and how. */
@NullMarked
package dev.lethe.bench.scale;

import org.jspecify.annotations.NullMarked;

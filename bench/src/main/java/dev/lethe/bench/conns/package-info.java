/** What kept connections cost an instance. */
@NullMarked
package dev.lethe.bench.conns;

import org.jspecify.annotations.NullMarked;

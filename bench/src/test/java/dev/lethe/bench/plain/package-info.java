/** Tests of the profiles that are stored as JSON. */
@NullMarked
package dev.lethe.bench.plain;

import org.jspecify.annotations.NullMarked;

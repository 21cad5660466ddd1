/** Tests of the bench itself. */
@NullMarked
package dev.lethe.bench;

import org.jspecify.annotations.NullMarked;

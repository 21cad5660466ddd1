/** Tests of the program. */
@NullMarked
package dev.lethe.gateway.app;

import org.jspecify.annotations.NullMarked;

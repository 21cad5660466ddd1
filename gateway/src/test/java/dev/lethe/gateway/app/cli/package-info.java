/** Tests of the program. */
@NullMarked
package dev.lethe.gateway.app.cli;

import org.jspecify.annotations.NullMarked;

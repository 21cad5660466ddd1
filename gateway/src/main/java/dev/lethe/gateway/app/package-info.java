/**
 * The program: command line, start and stop, and what only an installation on one machine needs.
 */
@NullMarked
package dev.lethe.gateway.app;

import org.jspecify.annotations.NullMarked;

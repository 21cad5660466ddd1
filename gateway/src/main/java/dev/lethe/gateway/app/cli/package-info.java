/** The command line: which commands there are, what they take and how they end. */
@NullMarked
package dev.lethe.gateway.app.cli;

import org.jspecify.annotations.NullMarked;

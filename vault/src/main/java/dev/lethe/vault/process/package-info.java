/** How processes and threads share the processors. */
@NullMarked
package dev.lethe.vault.process;

import org.jspecify.annotations.NullMarked;

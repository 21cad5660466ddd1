/** Tests of reading and changing people. */
@NullMarked
package dev.lethe.vault.subject;

import org.jspecify.annotations.NullMarked;

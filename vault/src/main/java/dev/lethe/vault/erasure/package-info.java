/** Erasing a person: ledger, script, ledger; and the three stages after it. */
@NullMarked
package dev.lethe.vault.erasure;

import org.jspecify.annotations.NullMarked;

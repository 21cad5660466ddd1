/** The audit log: who did what with keys and subjects, in a hash-chained file. */
@NullMarked
package dev.lethe.vault.audit;

import org.jspecify.annotations.NullMarked;

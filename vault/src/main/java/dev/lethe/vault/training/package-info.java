/** What the vault does for a trainer: seals for it, and has it forget. */
@NullMarked
package dev.lethe.vault.training;

import org.jspecify.annotations.NullMarked;

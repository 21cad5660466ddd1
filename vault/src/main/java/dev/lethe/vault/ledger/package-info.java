/** Hash-chained files, and the ledger of everything that reduces what is stored. */
@NullMarked
package dev.lethe.vault.ledger;

import org.jspecify.annotations.NullMarked;

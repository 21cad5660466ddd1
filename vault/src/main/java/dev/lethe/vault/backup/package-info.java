/** Backups of store, ledger and audit log, and what brings one back. Everything blocks. */
@NullMarked
package dev.lethe.vault.backup;

import org.jspecify.annotations.NullMarked;

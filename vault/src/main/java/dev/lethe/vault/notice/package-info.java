/**
 * Telling others of erasures and withdrawals (GDPR, article 19): queued before the act, sent after
 * it, until it is acknowledged.
 */
@NullMarked
package dev.lethe.vault.notice;

import org.jspecify.annotations.NullMarked;

/** What people agreed to, and the signed receipts of it. Pure: no Vert.x, no Redis. */
@NullMarked
package dev.lethe.vault.consent;

import org.jspecify.annotations.NullMarked;

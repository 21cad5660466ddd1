/**
 * Sealing: key bytes, authenticated encryption and what the vault seals with it. Pure: no Vert.x,
 * no Redis.
 */
@NullMarked
package dev.lethe.vault.crypto;

import org.jspecify.annotations.NullMarked;

/**
 * Epoch keys, the pepper and the receipt key, and what keeps them: a file under a passphrase, or
 * one wrapped by a PKCS#11 token. Pure: no Vert.x, no Redis; what touches file or token blocks.
 */
@NullMarked
package dev.lethe.vault.keys;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.lethe.vault.crypto;

import org.jspecify.annotations.NullMarked;

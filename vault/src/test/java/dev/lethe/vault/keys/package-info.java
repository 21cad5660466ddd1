@NullMarked
package dev.lethe.vault.keys;

import org.jspecify.annotations.NullMarked;

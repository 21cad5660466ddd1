@NullMarked
package dev.lethe.vault.proof;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.lethe.vault.process;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.lethe.vault.rotation;

import org.jspecify.annotations.NullMarked;

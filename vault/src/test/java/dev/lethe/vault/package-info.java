@NullMarked
package dev.lethe.vault;

import org.jspecify.annotations.NullMarked;

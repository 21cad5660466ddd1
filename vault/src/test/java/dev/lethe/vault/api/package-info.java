@NullMarked
package dev.lethe.vault.api;

import org.jspecify.annotations.NullMarked;

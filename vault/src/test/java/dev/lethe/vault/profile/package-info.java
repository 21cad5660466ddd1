@NullMarked
package dev.lethe.vault.profile;

import org.jspecify.annotations.NullMarked;

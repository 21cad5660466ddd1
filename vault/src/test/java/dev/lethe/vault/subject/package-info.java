@NullMarked
package dev.lethe.vault.subject;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.lethe.vault.notice;

import org.jspecify.annotations.NullMarked;

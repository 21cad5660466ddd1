/**
 * A person's fields as sealed segments and documents, and how they change. Pure: no Vert.x, no
 * Redis.
 */
@NullMarked
package dev.lethe.vault.profile;

import org.jspecify.annotations.NullMarked;

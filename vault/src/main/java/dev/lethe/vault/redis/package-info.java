/**
 * Redis: one connection lane per event loop, typed wrappers of the Lua scripts, and a server of our
 * own.
 */
@NullMarked
package dev.lethe.vault.redis;

import org.jspecify.annotations.NullMarked;

/** Tests of the Redis package against a real server, and the fixture that starts one. */
@NullMarked
package dev.lethe.vault.redis;

import org.jspecify.annotations.NullMarked;

/** Pushing security events to whoever is to be told of erasures and withdrawals. */
@NullMarked
package dev.lethe.gateway.notice;

import org.jspecify.annotations.NullMarked;

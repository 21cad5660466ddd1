/** The gateway: what clients, operators and administrators call. */
@NullMarked
package dev.lethe.gateway;

import org.jspecify.annotations.NullMarked;

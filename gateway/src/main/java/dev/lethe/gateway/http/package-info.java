/** The HTTP interface: endpoints, strict input, answers and problems; the client listener. */
@NullMarked
package dev.lethe.gateway.http;

import org.jspecify.annotations.NullMarked;

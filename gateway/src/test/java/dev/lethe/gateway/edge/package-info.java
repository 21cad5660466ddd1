/** Tests of what stands between the network and a handler. */
@NullMarked
package dev.lethe.gateway.edge;

import org.jspecify.annotations.NullMarked;

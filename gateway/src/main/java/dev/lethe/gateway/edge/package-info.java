/** What stands between the network and a handler: bounds on bodies and on requests in flight. */
@NullMarked
package dev.lethe.gateway.edge;

import org.jspecify.annotations.NullMarked;

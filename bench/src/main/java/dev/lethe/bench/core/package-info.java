/**
 * What the pure core costs, operation by operation, without network, Redis or event loops (JMH).
 */
@NullMarked
package dev.lethe.bench.core;

import org.jspecify.annotations.NullMarked;

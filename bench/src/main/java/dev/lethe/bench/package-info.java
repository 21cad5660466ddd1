/**
 * Measures the whole and its parts beside their peers. Figures of one run are compared with each
 * other and with nothing else: the machine is shared and noisy.
 */
@NullMarked
package dev.lethe.bench;

import org.jspecify.annotations.NullMarked;

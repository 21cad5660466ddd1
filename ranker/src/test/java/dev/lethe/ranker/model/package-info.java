/** Tests of the ranker. */
@NullMarked
package dev.lethe.ranker.model;

import org.jspecify.annotations.NullMarked;

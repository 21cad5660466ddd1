/** Tests of the ranker. */
@NullMarked
package dev.lethe.ranker.catalog;

import org.jspecify.annotations.NullMarked;

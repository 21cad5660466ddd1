/** Titles: reading them, keeping the catalogue in force, and the indexes that scoring rests on. */
@NullMarked
package dev.lethe.ranker.catalog;

import org.jspecify.annotations.NullMarked;

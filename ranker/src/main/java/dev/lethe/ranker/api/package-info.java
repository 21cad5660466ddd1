/** The ranker's contract: what travels on the event bus. */
@NullMarked
package dev.lethe.ranker.api;

import org.jspecify.annotations.NullMarked;

package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Taught;
import java.time.Instant;

/**
 * A model as it is kept for the next start.
 *
 * @param number of the training that it is from
 * @param begun when that began, in whole milliseconds
 * @param minPeople nothing in it is of pairs of titles, or of titles, that fewer share
 */
record StoredModel(long number, Instant begun, int minPeople, Taught taught) {}

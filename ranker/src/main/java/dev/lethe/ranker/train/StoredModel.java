package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Taught;

/**
 * A model as it is kept for the next start.
 *
 * @param number of the training that it is from: when it began, in milliseconds since 1970
 * @param minPeople nothing in it is of pairs of titles, or of titles, that fewer share
 */
record StoredModel(long number, int minPeople, Taught taught) {}

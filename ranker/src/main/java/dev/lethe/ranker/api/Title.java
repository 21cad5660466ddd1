package dev.lethe.ranker.api;

import java.util.List;
import java.util.OptionalInt;

/**
 * A film or series of the catalogue.
 *
 * @param popularity 0..1
 */
public record Title(
    String id,
    String title,
    OptionalInt year,
    List<String> genres,
    List<String> tags,
    List<String> people,
    String overview,
    double popularity) {}

package dev.lethe.ranker.api;

import java.util.List;
import java.util.Optional;

/**
 * A part of the catalogue, by popularity then id.
 *
 * @param next what to give as {@code after} for the next page; empty at the end
 */
public record TitlePage(List<Title> titles, Optional<String> next) {}

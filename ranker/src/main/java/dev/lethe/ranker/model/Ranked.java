package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Ranking;
import java.util.List;

/**
 * Titles in order, best first.
 *
 * @param unknown candidates that the catalogue lacks, each once, in the order given
 */
public record Ranked(List<Ranking.Item> items, List<String> unknown) {
  @Override
  public String toString() {
    return "Ranked[hidden]";
  }
}

package dev.lethe.ranker.train;

import java.util.List;

/**
 * What is learned from one person.
 *
 * @param liked ids of different titles
 * @param turnedDown ids of different titles, none of them liked
 */
public record Taste(List<String> liked, List<String> turnedDown) {
  @Override
  public String toString() {
    return "Taste[hidden]";
  }
}

package dev.lethe.ranker.train;

import dev.lethe.ranker.model.WatchedTitles;
import java.util.Arrays;
import java.util.function.DoublePredicate;
import java.util.stream.IntStream;

/**
 * What is counted of one person: the numbers of different titles, ascending, none of them in both.
 */
public record Counted(int[] liked, int[] turnedDown) {

  /** What a person came across, of the first so many titles of its catalogue. */
  static Counted of(WatchedTitles watched, int titles) {
    return new Counted(
        numbers(watched, titles, weight -> weight > 0),
        numbers(watched, titles, weight -> weight < 0));
  }

  private static int[] numbers(WatchedTitles watched, int titles, DoublePredicate which) {
    return IntStream.range(0, watched.count())
        .filter(place -> watched.title(place) < titles && which.test(watched.weight(place)))
        .map(watched::title)
        .sorted()
        .toArray();
  }

  boolean isEmpty() {
    return liked.length == 0 && turnedDown.length == 0;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Counted counted
        && Arrays.equals(liked, counted.liked)
        && Arrays.equals(turnedDown, counted.turnedDown);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(liked) + Arrays.hashCode(turnedDown);
  }

  @Override
  public String toString() {
    return "Counted[hidden]";
  }
}

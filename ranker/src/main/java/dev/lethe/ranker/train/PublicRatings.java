package dev.lethe.ranker.train;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What people published of what they watched: a file of {@code person<TAB>title}, one pair a line,
 * optionally with a rating of 0.5 to 5 behind another tab. Titles are ids of the catalogue. A
 * rating under 2.5 turns a title down. Of two lines about the same, the last counts.
 */
public final class PublicRatings {
  private static final double LIKED = 2.5;

  private PublicRatings() {}

  /**
   * Reads a file. Blocks.
   *
   * @throws UnreadableDataException when it is no such file
   */
  public static List<Taste> read(Path file) {
    Map<String, Map<String, Boolean>> people = new LinkedHashMap<>();
    DataLines.read(
        file,
        "\t",
        2,
        fields ->
            people
                .computeIfAbsent(fields.get(0), person -> new LinkedHashMap<>())
                .put(fields.get(1), fields.size() < 3 || rating(fields.get(2)) >= LIKED));
    return people.values().stream().map(PublicRatings::taste).toList();
  }

  private static double rating(String text) {
    double rating = Double.parseDouble(text);
    if (!(rating >= 0.5 && rating <= 5)) {
      throw new IllegalArgumentException("not a rating of 0.5 to 5");
    }
    return rating;
  }

  private static Taste taste(Map<String, Boolean> verdicts) {
    return new Taste(titles(verdicts, true), titles(verdicts, false));
  }

  private static List<String> titles(Map<String, Boolean> verdicts, boolean liked) {
    return verdicts.entrySet().stream()
        .filter(verdict -> verdict.getValue() == liked)
        .map(Map.Entry::getKey)
        .toList();
  }
}

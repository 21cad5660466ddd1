package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;

/**
 * A published test vector.
 *
 * @param id its number at its source
 * @param valid whether it must pass
 * @param values key first, tag last
 */
public record PublishedVector(String id, boolean valid, List<byte[]> values) {
  /** The vectors of a file in {@code src/test/resources/vectors}. */
  public static Stream<PublishedVector> in(String file) {
    try (var stream = PublishedVector.class.getResourceAsStream("/vectors/" + file)) {
      if (stream == null) {
        throw new IllegalStateException("there is no " + file);
      }
      return new String(stream.readAllBytes(), UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> List.of(line.split(" ")))
          .map(PublishedVector::of);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PublishedVector of(List<String> words) {
    return new PublishedVector(
        words.get(0),
        words.get(1).equals("valid"),
        words.subList(2, words.size()).stream()
            .map(word -> HexFormat.of().parseHex(word.equals("-") ? "" : word))
            .toList());
  }

  @Override
  public String toString() {
    return id + (valid ? " valid" : " invalid");
  }
}

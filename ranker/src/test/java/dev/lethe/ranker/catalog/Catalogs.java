package dev.lethe.ranker.catalog;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/** Catalogues for tests, read as any other. */
public final class Catalogs {
  /** Science fiction, comedy and horror, two or more of each. */
  public static final String SMALL =
      """
      {"id":"m-1","title":"The Matrix","year":1999,"genres":["Action","Sci-Fi"],"tags":["hacker","dystopia"],"people":["Keanu Reeves"],"overview":"A programmer learns the truth.","popularity":0.9}
      {"id":"m-2","title":"Blade Runner","year":1982,"genres":["Sci-Fi"],"tags":["dystopia","android"],"people":["Harrison Ford"],"popularity":0.8}
      {"id":"m-3","title":"Amélie","year":2001,"genres":["Comedy","Romance"],"tags":["paris","france"],"people":["Audrey Tautou"],"popularity":0.8}
      {"id":"m-4","title":"Speed","year":1994,"genres":["Action"],"people":["Keanu Reeves"],"popularity":0.6}
      {"id":"m-5","title":"Airplane!","year":1980,"genres":["Comedy"],"popularity":0.5}
      {"id":"m-6","title":"The Shining","year":1980,"genres":["Horror"],"people":["Jack Nicholson"],"popularity":0.4}
      {"id":"m-7","title":"Alien","year":1979,"genres":["Horror","Sci-Fi"],"tags":["space"],"popularity":0.3}
      {"id":"m-8","title":"Nobody Knows It"}
      """;

  private Catalogs() {}

  public static Catalog small() {
    return of(SMALL);
  }

  /** The catalogue that comes with the program. */
  public static Catalog standard() {
    return CatalogStore.open(Path.of("/nonexistent"), Optional.empty()).current();
  }

  public static Catalog of(String lines) {
    if (read(lines.getBytes(StandardCharsets.UTF_8)) instanceof CatalogRead.Whole whole) {
      return whole.catalog();
    }
    throw new IllegalArgumentException("not a catalogue");
  }

  static CatalogRead read(byte[] bytes) {
    try {
      return CatalogLoader.load(new ByteArrayInputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

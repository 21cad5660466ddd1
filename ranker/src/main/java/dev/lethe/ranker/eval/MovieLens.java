package dev.lethe.ranker.eval;

import dev.lethe.ranker.train.DataLines;
import dev.lethe.ranker.train.UnreadableDataException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A folder of MovieLens (https://grouplens.org/datasets/movielens/) in the layout of
 * ml-latest-small and its greater sisters, of ml-1m, or of ml-100k.
 */
public final class MovieLens {
  private static final String NO_GENRES = "(no genres listed)";

  /** Files and separators; a rating has person, title, rating and time in all of them. */
  private enum Layout {
    LATEST("ratings.csv", ",", "movies.csv", ","),
    ONE_MILLION("ratings.dat", "::", "movies.dat", "::"),
    HUNDRED_THOUSAND("u.data", "\t", "u.item", "|") {
      /** After number, title, two dates and an address: a 0 or 1 for each genre. */
      @Override
      List<String> genres(List<String> movie) {
        var genres = new ArrayList<String>();
        for (int field = 5; field < movie.size(); field++) {
          if (movie.get(field).equals("1")) {
            genres.add(Integer.toString(field - 5));
          }
        }
        return genres;
      }
    };

    private final String ratings;
    private final String betweenRatings;
    private final String movies;
    private final String betweenMovies;

    Layout(String ratings, String betweenRatings, String movies, String betweenMovies) {
      this.ratings = ratings;
      this.betweenRatings = betweenRatings;
      this.movies = movies;
      this.betweenMovies = betweenMovies;
    }

    /** In the last field, between bars. */
    List<String> genres(List<String> movie) {
      var field = movie.get(movie.size() - 1);
      return field.equals(NO_GENRES) ? List.of() : Arrays.asList(field.split("\\|"));
    }
  }

  private MovieLens() {}

  /**
   * Reads a folder.
   *
   * @param minRating what counts as watched is rated at least so high
   * @param minPeople titles that fewer people rated so high are left out
   * @throws UnreadableDataException when it is no such folder
   */
  public static Watched read(Path folder, double minRating, int minPeople) {
    var layout =
        Arrays.stream(Layout.values())
            .filter(one -> Files.exists(folder.resolve(one.ratings)))
            .findFirst()
            .orElseThrow(
                () ->
                    new UnreadableDataException(
                        folder + " has neither ratings.csv nor ratings.dat nor u.data"));
    var acts = new ArrayList<Watched.Act>();
    DataLines.read(
        folder.resolve(layout.ratings),
        layout.betweenRatings,
        4,
        fields -> {
          boolean heading = layout == Layout.LATEST && fields.get(0).equals("userId");
          if (!heading && Double.parseDouble(fields.get(2)) >= minRating) {
            acts.add(new Watched.Act(fields.get(0), fields.get(1), Long.parseLong(fields.get(3))));
          }
        });
    return Watched.of(acts, minPeople, genres(folder.resolve(layout.movies), layout));
  }

  private static Map<String, List<String>> genres(Path file, Layout layout) {
    var genres = new HashMap<String, List<String>>();
    DataLines.read(
        file, layout.betweenMovies, 3, fields -> genres.put(fields.get(0), layout.genres(fields)));
    return genres;
  }
}

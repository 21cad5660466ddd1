package dev.lethe.ranker.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.Catalogs;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Profile;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Ranking the whole catalogue against ranking each of its titles as a candidate. */
class WholeCatalogTest {
  private static final int TITLES = 1_200;
  private static final List<String> GENRES =
      List.of("Drama", "Comedy", "Sci-Fi", "Thriller", "Horror", "War", "Western");
  private static final List<String> TAGS =
      List.of("Germany", "German", "space", "crime", "love", "heist", "robot", "court", "sea");
  private static final List<String> PEOPLE =
      IntStream.range(0, 40).mapToObj(number -> "Person " + number).toList();
  private static final Catalog CATALOG = catalog();

  @Property(tries = 300)
  void wholeCatalogueIsRankedAsAllItsTitlesAre(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 60) int limit) {
    var random = new Random(seed);
    var model = new RankingModel(CATALOG, learned(random), blend(random));
    var viewer = viewer(random);

    assertThat(model.rank(viewer, Optional.empty(), limit, true))
        .isEqualTo(model.rank(viewer, Optional.of(offered(viewer)), limit, true));
  }

  /**
   * The last one in the catalogue's order is the first by id, and sums may be rounded either way.
   */
  @ParameterizedTest
  @ValueSource(doubles = {0.7, 7e8})
  void amongEqualScoresTheFirstIdWinsHoweverSumsAreRounded(double likeness) {
    for (int features = 2; features < 40; features++) {
      var tags =
          IntStream.range(0, features)
              .mapToObj(tag -> "\"tag " + tag + "\"")
              .collect(Collectors.joining(","));
      var title = "{\"id\":\"%s\",\"title\":\"T\",\"tags\":[%s],\"popularity\":%s}\n";
      var lines =
          String.format(title, "c", tags + ",\"x\"", 1)
              + String.format(title, "b", tags, 0.9)
              + String.format(title, "a", tags, 0.1);
      var model =
          new RankingModel(
              Catalogs.of(lines), Learned.NOTHING, new Blend(0, 0, likeness, 0, 0, 0, 0));

      var ranked =
          model.rank(Viewers.whoWatched(Viewers.rated("c", 4)), Optional.empty(), 1, false);

      assertThat(ranked.items()).extracting(item -> item.id()).containsExactly("a");
    }
  }

  /** All that is neither muted nor seen. */
  private static List<String> offered(Profile viewer) {
    var hidden = new HashSet<>(viewer.preferences().orElseThrow().muted());
    viewer.history().stream()
        .filter(event -> !WatchedTitles.leftAtOnce(event))
        .forEach(event -> hidden.add(event.item()));
    return IntStream.range(0, TITLES)
        .mapToObj(WholeCatalogTest::id)
        .filter(id -> !hidden.contains(id))
        .toList();
  }

  /** Many titles are alike, so that many scores are equal or nearly so. */
  private static Catalog catalog() {
    var random = new Random(1);
    return Catalogs.of(
        IntStream.range(0, TITLES)
            .mapToObj(
                number ->
                    String.format(
                        Locale.ROOT,
                        "{\"id\":\"%s\",\"title\":\"Word%d\"%s,\"genres\":[%s],\"tags\":[%s],"
                            + "\"people\":[%s],\"popularity\":%.1f}",
                        id(number),
                        random.nextInt(5),
                        random.nextInt(5) == 0 ? "" : ",\"year\":" + (1950 + random.nextInt(70)),
                        some(GENRES, random.nextInt(4), random),
                        some(TAGS, random.nextInt(3), random),
                        some(PEOPLE, random.nextInt(3), random),
                        random.nextInt(11) / 10.0))
            .collect(Collectors.joining("\n")));
  }

  private static String some(List<String> names, int count, Random random) {
    return random
        .ints(0, names.size())
        .distinct()
        .limit(count)
        .mapToObj(number -> "\"" + names.get(number) + "\"")
        .collect(Collectors.joining(","));
  }

  private static Learned learned(Random random) {
    int titles = random.nextInt(200);
    // Some of them are not of the catalogue.
    var ids = random.ints(0, TITLES + 50).distinct().limit(titles).mapToObj(WholeCatalogTest::id);
    int row = Math.min(titles, 20);
    int[] starts = IntStream.rangeClosed(0, titles).map(title -> title * row).toArray();
    int[] targets =
        IntStream.range(0, titles)
            .flatMap(from -> random.ints(0, titles).distinct().limit(row).sorted())
            .toArray();
    float[] weights = new float[targets.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextFloat() - 0.3f;
    }
    double[] appeal = random.doubles(titles, -1, 2).toArray();
    return new Learned("seed", ids.toList(), appeal, new TitleWeights(starts, targets, weights));
  }

  /** Each source counts nothing, a little or very much. */
  private static Blend blend(Random random) {
    double[] counts =
        random
            .doubles(7)
            .map(count -> count < 0.3 ? 0 : Math.pow(10, random.nextInt(7) - 3) * count)
            .toArray();
    return new Blend(counts[0], counts[1], counts[2], counts[3], counts[4], counts[5], counts[6]);
  }

  private static Profile viewer(Random random) {
    var history =
        IntStream.range(0, random.nextInt(80))
            .mapToObj(
                day ->
                    new Event.Watched(
                        id(random.nextInt(TITLES)),
                        Viewers.watched("", day).at(),
                        OptionalDouble.of(random.nextInt(5) / 4.0),
                        random.nextBoolean()
                            ? OptionalDouble.of(1 + random.nextInt(9) / 2.0)
                            : OptionalDouble.empty()))
            .toList();
    var searches =
        IntStream.range(0, random.nextInt(4))
            .mapToObj(
                day ->
                    Viewers.searched(
                        "word" + random.nextInt(6) + " person " + random.nextInt(40), day))
            .toList();
    var genres = new HashMap<String, Double>();
    for (int wish = random.nextInt(4); wish > 0; wish--) {
      genres.put(GENRES.get(random.nextInt(GENRES.size())), 2 * random.nextDouble() - 1);
    }
    var muted = List.of(id(random.nextInt(TITLES)), id(random.nextInt(TITLES)), "gone");
    return new Profile(
        history,
        searches,
        random.nextBoolean() ? Viewers.whoIs("25-34", "DE").demographics() : Optional.empty(),
        Optional.of(new Document.Preferences(genres, muted)));
  }

  private static String id(int number) {
    return "t-" + number;
  }
}

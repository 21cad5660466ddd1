package dev.lethe.bench.core;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.Learned;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.ranker.model.TitleWeights;
import dev.lethe.vault.api.Profile;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A made-up catalogue of {@value #ALL} titles, the same in every run, spread as catalogues are:
 * genres, tags and words by Zipf's law, people more evenly, most titles recent, and popularity as
 * the logarithm of votes that follow Zipf's law too.
 */
final class ManyTitles {
  static final int ALL = 100_000;

  /** So many of them, the most popular ones, has something been learned about. */
  static final int LEARNED = 5_000;

  private static final int WEIGHTS = 200;
  private static final int LAST_YEAR = 2025;
  private static final int YEARS = 100;

  private final Random random = new Random(1);

  private ManyTitles() {}

  static Catalog catalog() {
    return Titles.read(file());
  }

  /** The catalogue file. */
  static byte[] file() {
    var titles = new ManyTitles();
    var file = new ByteArrayOutputStream();
    for (int number = 0; number < ALL; number++) {
      file.writeBytes(titles.line(number).getBytes(StandardCharsets.UTF_8));
    }
    return file.toByteArray();
  }

  /** What people taught about the most popular titles; weights fall as EASE's do. */
  static RankingModel taught(Catalog catalog) {
    var random = new Random(2);
    var ids = IntStream.range(0, LEARNED).mapToObj(title -> catalog.title(title).id()).toList();
    int[] starts = IntStream.rangeClosed(0, LEARNED).map(title -> title * WEIGHTS).toArray();
    int[] targets =
        IntStream.range(0, LEARNED)
            .flatMap(from -> random.ints(0, LEARNED).distinct().limit(WEIGHTS).sorted())
            .toArray();
    float[] weights = new float[targets.length];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = 0.002f / (0.01f + random.nextFloat());
    }
    double[] appeal = random.doubles(LEARNED, 0, 2).toArray();
    return new RankingModel(
        catalog,
        new Learned("bench", ids, appeal, new TitleWeights(starts, targets, weights)),
        new Blend(1, 0.5, 1, 0.02, 1, 1, 0.8));
  }

  /** Somebody who has watched {@value Viewer#EVENTS} of them, popular ones more often. */
  static Profile viewer(Catalog catalog, Instant now) {
    var titles = new ManyTitles();
    int[] seen =
        IntStream.generate(() -> titles.zipf(ALL)).distinct().limit(Viewer.EVENTS).toArray();
    return Viewer.profile(now, number -> catalog.title(seen[number]).id());
  }

  private String line(int number) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"t-%d\",\"title\":\"%s\",\"year\":%d,\"genres\":[%s],\"tags\":[%s],"
            + "\"people\":[%s],\"overview\":\"%s\",\"popularity\":%.5f}\n",
        number,
        words(1 + random.nextInt(4)),
        LAST_YEAR - (int) (YEARS * Math.pow(random.nextDouble(), 2)),
        list("Genre", 1 + random.nextInt(4), 24),
        list("tag", random.nextInt(11), 20_000),
        quoted(IntStream.generate(() -> even(60_000)), "Person", 3 + random.nextInt(9)),
        words(40),
        Math.min(1, -Math.log(1 - random.nextDouble()) / Math.log(ALL)));
  }

  private String list(String name, int count, int among) {
    return quoted(IntStream.generate(() -> zipf(among)), name, count);
  }

  private static String quoted(IntStream numbers, String name, int count) {
    return numbers
        .distinct()
        .limit(count)
        .mapToObj(number -> "\"" + name + " " + number + "\"")
        .collect(Collectors.joining(","));
  }

  private String words(int count) {
    return Stream.generate(() -> "word" + zipf(40_000))
        .limit(count)
        .collect(Collectors.joining(" "));
  }

  /** 0 most often; how often falls with the place. */
  private int zipf(int among) {
    return (int) Math.pow(among + 1, random.nextDouble()) - 1;
  }

  /** How often falls with the root of the place. */
  private int even(int among) {
    return (int) (among * Math.pow(random.nextDouble(), 2));
  }
}

package dev.lethe.bench.core;

import dev.lethe.bench.BenchException;
import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.catalog.CatalogLoader;
import dev.lethe.ranker.catalog.CatalogRead;
import dev.lethe.ranker.model.Blend;
import dev.lethe.ranker.model.Learned;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.ranker.train.Crowd;
import dev.lethe.ranker.train.Ease;
import dev.lethe.ranker.train.ServedWeights;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A made-up catalogue, the same in every run. */
final class Titles {
  /** Titles that nobody has seen. */
  static final int UNSEEN = 5_000;

  private static final int ALL = UNSEEN + Viewer.EVENTS;

  private final Random random = new Random(1);

  private Titles() {}

  static Catalog catalog() {
    var titles = new Titles();
    var lines = IntStream.range(0, ALL).mapToObj(titles::line).collect(Collectors.joining("\n"));
    return read(lines.getBytes(StandardCharsets.UTF_8));
  }

  static Catalog read(byte[] file) {
    try {
      var read = CatalogLoader.load(new ByteArrayInputStream(file));
      if (read instanceof CatalogRead.Whole whole) {
        return whole.catalog();
      }
      throw new BenchException("the made-up catalogue is refused: " + read);
    } catch (IOException e) {
      throw new BenchException("the made-up catalogue cannot be read", e);
    }
  }

  /** One that has learned about every third title from made-up people. */
  static RankingModel model() {
    var random = new Random(2);
    var titles = IntStream.range(0, ALL).filter(number -> number % 3 == 0).mapToObj(Titles::id);
    var known = titles.toList();
    var crowd = new Crowd(known.size());
    for (int person = 0; person < 2_000; person++) {
      crowd.add(random.ints(0, known.size()).distinct().limit(60).sorted().toArray(), new int[0]);
    }
    var weights = ServedWeights.of(Ease.learn(crowd.liked(), 100), crowd.liked(), 0, known.size());
    return new RankingModel(
        catalog(),
        new Learned("bench", known, crowd.appeal(0), weights),
        new Blend(1, 0.5, 1, 0.02, 1, 1, 0.8));
  }

  /** A title that the viewer has seen: every so many-th of the catalogue. */
  static String seen(int number) {
    return id(number * (ALL / Viewer.EVENTS));
  }

  /** Titles that the viewer has not seen. */
  static List<String> unseen(int count) {
    int step = ALL / Viewer.EVENTS;
    return IntStream.range(0, ALL)
        .filter(number -> number % step != 0)
        .limit(count)
        .mapToObj(Titles::id)
        .toList();
  }

  private static String id(int number) {
    return "m-" + number;
  }

  private String line(int number) {
    return String.format(
        Locale.ROOT,
        "{\"id\":\"%s\",\"title\":\"Title %d\",\"year\":%d,\"genres\":[%s],\"tags\":[%s],"
            + "\"people\":[%s],\"overview\":\"%s\",\"popularity\":%.4f}",
        id(number),
        number,
        1950 + random.nextInt(75),
        quoted("Genre", 3, 20),
        quoted("tag", 5, 400),
        quoted("Person", 5, 3_000),
        words(25),
        random.nextDouble());
  }

  private String quoted(String name, int count, int among) {
    return random
        .ints(0, among)
        .distinct()
        .limit(count)
        .mapToObj(number -> "\"" + name + " " + number + "\"")
        .collect(Collectors.joining(","));
  }

  private String words(int count) {
    return random
        .ints(count, 0, 3_000)
        .mapToObj(number -> "word" + number)
        .collect(Collectors.joining(" "));
  }
}

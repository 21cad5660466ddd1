package dev.lethe.bench.core;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Ranked;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * The best of {@value ManyTitles#ALL} titles when a request names no candidates, with no more heap
 * than a catalogue of that size may take.
 */
@State(Scope.Benchmark)
@Fork(jvmArgsAppend = "-Xmx1g")
public class WholeCatalog {
  static final int BEST = 20;

  final Catalog catalog = ManyTitles.catalog();
  final RankingModel model = ManyTitles.taught(catalog);
  private final Profile viewer = ManyTitles.viewer(catalog, Instant.now());
  final Profile shared = Viewer.withEveryField(viewer);

  /** For somebody who watched 200 of them. */
  @Benchmark
  public Ranked rankByHistory() {
    return best(viewer);
  }

  /** For somebody who also searched, and said what they prefer and who they are. */
  @Benchmark
  public Ranked rankByEveryField() {
    return best(shared);
  }

  Ranked best(Profile profile) {
    return model.rank(profile, Optional.empty(), BEST, false);
  }
}

package dev.lethe.bench.core;

import dev.lethe.ranker.model.Ranked;
import dev.lethe.ranker.model.RankingModel;
import dev.lethe.vault.api.Profile;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Scoring for a profile of 200 events, from the profile to the best. */
@State(Scope.Benchmark)
public class Scoring {
  private static final int BEST = 20;
  private static final int CANDIDATES = 100;

  private final RankingModel model = Titles.model();
  private final Profile profile = Viewer.profile(Instant.now());
  private final Optional<List<String>> candidates = Optional.of(Titles.unseen(CANDIDATES));

  @Benchmark
  public Ranked score100Titles() {
    return model.rank(profile, candidates, BEST, false);
  }

  /** Every candidate with all its reasons. */
  @Benchmark
  public Ranked explain100Titles() {
    return model.rank(profile, candidates, CANDIDATES, true);
  }

  /** The whole catalogue; what was watched is left out. */
  @Benchmark
  public Ranked score5000Titles() {
    return model.rank(profile, Optional.empty(), BEST, false);
  }
}

package dev.lethe.vault;

import dev.lethe.vault.consent.RankingBasis;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What was disclosed a moment ago, by the names that were given to it, so that receipts say what
 * the vault did and not what it is told. Holds no value, each basis once, none for longer than a
 * ranking takes, and so many at most: a crowd costs the oldest their receipts, and nothing else.
 * Thread-safe.
 */
final class RecentDisclosures {
  /** More than a ranking may take. */
  static final Duration KEPT = Duration.ofSeconds(10);

  private final Clock clock;
  private final int most;

  /** Oldest first. */
  private final Map<String, RankingBasis> kept = new LinkedHashMap<>();

  /**
   * @param most so many at once
   */
  RecentDisclosures(Clock clock, int most) {
    this.clock = clock;
    this.most = most;
  }

  synchronized void remember(String name, RankingBasis basis) {
    kept.remove(name);
    kept.put(name, basis);
    var oldest = kept.values().iterator();
    while (oldest.hasNext() && (isOver(oldest.next()) || kept.size() > most)) {
      oldest.remove();
    }
  }

  /** What is remembered under a name, and from now on is no longer. */
  synchronized Optional<RankingBasis> take(String name) {
    return Optional.ofNullable(kept.remove(name)).filter(basis -> !isOver(basis));
  }

  private boolean isOver(RankingBasis basis) {
    return basis.at().plus(KEPT).isBefore(clock.instant());
  }
}

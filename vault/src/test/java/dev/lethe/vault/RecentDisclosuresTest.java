package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.consent.RankingBasis;
import dev.lethe.vault.ledger.MovingClock;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RecentDisclosuresTest {
  private final MovingClock clock = new MovingClock();
  private final RecentDisclosures recent = new RecentDisclosures(clock, 2);

  private RankingBasis basis(String pseudonym) {
    return RankingBasis.of(pseudonym, clock.instant(), Optional.empty());
  }

  @Test
  void eachIsTakenOnceByItsName() {
    recent.remember("a", basis("ada"));
    recent.remember("b", basis("bob"));

    assertThat(recent.take("b").map(RankingBasis::pseudonym)).contains("bob");
    assertThat(recent.take("b")).isEmpty();
    assertThat(recent.take("a").map(RankingBasis::pseudonym)).contains("ada");
  }

  @Test
  void nothingIsRememberedForLong() {
    recent.remember("a", basis("ada"));
    clock.set(clock.instant().plus(RecentDisclosures.KEPT));
    recent.remember("b", basis("bob"));
    clock.set(clock.instant().plusMillis(1));

    assertThat(recent.take("a")).isEmpty();
    assertThat(recent.take("b")).isPresent();
  }

  @Test
  void crowdPushesOutTheOldest() {
    recent.remember("a", basis("ada"));
    recent.remember("b", basis("bob"));
    recent.remember("c", basis("cy"));

    assertThat(recent.take("a")).isEmpty();
    assertThat(recent.take("b")).isPresent();
    assertThat(recent.take("c")).isPresent();
  }

  @Test
  void lastAnswerUnderANameCounts() {
    recent.remember("a", basis("old"));
    recent.remember("b", basis("bob"));
    recent.remember("a", basis("new"));

    assertThat(recent.take("a").map(RankingBasis::pseudonym)).contains("new");
    assertThat(recent.take("b")).isPresent();
  }
}

package dev.lethe.vault.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.SubjectLife;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AccessWindowsTest {
  private static final Access READ =
      new Access(
          LocalDate.of(2026, 11, 27),
          "ranker",
          Purpose.PERSONALIZATION,
          Set.of(Field.HISTORY),
          Access.Outcome.DISCLOSED);
  private static final SubjectLife ADA = new SubjectLife("ada", 1);
  private static final SubjectLife BOB = new SubjectLife("bob", 1);

  private final KeyBytes key = KeyBytes.random(new SecureRandom());

  @Test
  void accessesOfAPersonAreCountedInOneWindow() {
    var windows = new AccessWindows(Duration.ZERO);
    count(windows, ADA, 1);
    count(windows, BOB, 1);
    count(windows, ADA, 2);

    assertThat(windows.takeDue(10))
        .extracting(window -> window.subject().pseudonym() + window.counts().get(READ))
        .containsExactly("ada3", "bob1");
    assertThat(windows.takeDue(10)).isEmpty();
    assertThat(windows.noneToCome()).isTrue();
  }

  @Test
  void whatIsNotDueStays() {
    var windows = new AccessWindows(Duration.ofHours(1));
    count(windows, ADA, 1);

    assertThat(windows.takeDue(10)).isEmpty();
    assertThat(windows.noneToCome()).isFalse();
    assertThat(windows.subjects()).containsExactly(ADA);
  }

  @Test
  void noMoreAreTakenThanAskedFor() {
    var windows = new AccessWindows(Duration.ZERO);
    count(windows, ADA, 1);
    count(windows, BOB, 1);

    assertThat(windows.takeDue(1)).hasSize(1);
    assertThat(windows.takeDue(1)).hasSize(1);
  }

  /** Whoever reads their log takes the window; what comes then waits its own time. */
  @Test
  void windowThatWasTakenBeforeIsNotDueAgain() {
    var windows = new AccessWindows(Duration.ZERO);
    count(windows, ADA, 1);
    assertThat(windows.take(ADA)).hasValueSatisfying(taken -> count(windows, ADA, 5));

    assertThat(windows.takeDue(10))
        .singleElement()
        .satisfies(window -> assertThat(window.counts()).containsEntry(READ, 5L));
    assertThat(windows.take(ADA)).isEmpty();
  }

  private void count(AccessWindows windows, SubjectLife person, long times) {
    windows.count(person, key, Map.of(READ, times));
  }
}

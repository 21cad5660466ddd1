package dev.lethe.vault.profile;

import static dev.lethe.vault.profile.Person.NOW;
import static dev.lethe.vault.profile.Person.watched;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Purpose;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which decision says by when nothing is learned from a person any more, and for how long. */
final class PromiseTest {
  private static final Instant BY = NOW.plus(Duration.ofDays(1));

  private final Person person = new Person();

  @BeforeEach
  void settle() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("m-1", 1)))
                .decide(Purpose.PERSONALIZATION, Set.of(Field.HISTORY), NOW)
                .decide(Purpose.TRAINING, Set.of(Field.HISTORY, Field.SEARCHES), NOW));
  }

  /** A change that is promised something. */
  private void promised(UnaryOperator<Revision> change) {
    person.change(
        revision -> {
          change.apply(revision).promise(BY);
          return revision;
        });
  }

  private Optional<Instant> promise(Purpose purpose) {
    return Objects.requireNonNull(person.open().consents().decisions().get(purpose)).modelBy();
  }

  private void withdraw() {
    promised(revision -> revision.decide(Purpose.TRAINING, Set.of(), NOW));
  }

  @Test
  void withdrawalSaysItAndNoOtherDecisionDoes() {
    withdraw();

    assertThat(promise(Purpose.TRAINING)).contains(BY);
    assertThat(promise(Purpose.PERSONALIZATION)).isEmpty();
    assertThat(person.open().consents().version()).isEqualTo(3);
  }

  @Test
  void whatIsNotAboutTrainingLeavesItAsItIs() {
    withdraw();

    person
        .change(revision -> revision.decide(Purpose.PERSONALIZATION, Set.of(), NOW))
        .change(revision -> revision.append(Field.HISTORY, List.of(watched("m-2", 1))))
        .change(Revision::retire)
        .change(Revision::rekey);
    person.nextEpoch();
    person.store(new Revision(person.open(), person.stored.version(), Person.RETENTION, NOW));

    assertThat(promise(Purpose.TRAINING)).contains(BY);
  }

  @Test
  void laterDecisionAboutTrainingReplacesIt() {
    withdraw();

    person.change(revision -> revision.decide(Purpose.TRAINING, Set.of(), NOW));

    assertThat(promise(Purpose.TRAINING)).isEmpty();
  }

  @Test
  void withdrawalOfOneFieldSaysItToo() {
    promised(revision -> revision.decide(Purpose.TRAINING, Set.of(Field.HISTORY), NOW));

    assertThat(promise(Purpose.TRAINING)).contains(BY);
  }

  @Test
  void changeThatDecidesNothingAboutTrainingSaysNothing() {
    promised(revision -> revision.decide(Purpose.PERSONALIZATION, Set.of(), NOW));
    promised(
        revision -> {
          revision.forget(Field.HISTORY, ForgetFilter.EVERYTHING);
          return revision;
        });

    assertThat(promise(Purpose.TRAINING)).isEmpty();
    assertThat(promise(Purpose.PERSONALIZATION)).isEmpty();
  }
}

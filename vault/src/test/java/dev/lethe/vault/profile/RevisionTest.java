package dev.lethe.vault.profile;

import static dev.lethe.vault.profile.Person.NOW;
import static dev.lethe.vault.profile.Person.RETENTION;
import static dev.lethe.vault.profile.Person.SEALER;
import static dev.lethe.vault.profile.Person.watched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Document.Preferences;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class RevisionTest {
  private final Person person = new Person();

  private List<String> history() {
    return person.open().profile(RETENTION, NOW).history().stream()
        .map(Event.Watched::item)
        .toList();
  }

  private Opened.Fields disclosed(Purpose purpose) {
    return (Opened.Fields)
        person.opener(purpose).open(person.open().disclosure(purpose, RETENTION).orElseThrow());
  }

  private static ForgetFilter title(String item) {
    return new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(item));
  }

  @Test
  void eventsComeBackNewestFirstTiesLatestArrivalFirst() {
    person.change(
        revision ->
            revision.append(
                Field.HISTORY, List.of(watched("b", 3), watched("c", 3), watched("a", 1))));
    person.change(
        revision -> revision.append(Field.HISTORY, List.of(watched("d", 3), watched("old", 200))));

    assertThat(history()).containsExactly("a", "d", "c", "b", "old");
  }

  @Test
  void whatWasStoredComesBackAsItWas() {
    var preferences = new Preferences(Map.of("Sci-Fi", 1.0, "Horror", -0.5), List.of("m-13"));
    var demographics = new Demographics(Optional.of("18-24"), Optional.empty(), Optional.of("de"));
    var search = new Event.Searched("space ✨ opera", NOW);
    person.change(
        revision ->
            revision.put(preferences).put(demographics).append(Field.SEARCHES, List.of(search)));

    var profile = person.open().profile(RETENTION, NOW);
    assertThat(profile.preferences()).contains(preferences);
    assertThat(profile.demographics()).contains(demographics);
    assertThat(profile.searches()).containsExactly(search);
  }

  @Test
  void aGrantOpensWhatWasConsentedToAndNothingElse() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("m-1", 1)))
                .put(new Demographics(Optional.of("18-24"), Optional.empty(), Optional.empty()))
                .decide(Purpose.PERSONALIZATION, Set.of(Field.DEMOGRAPHICS), NOW));

    var granted = person.open().disclosure(Purpose.PERSONALIZATION, RETENTION).orElseThrow();
    var everything = person.open().sealed(Set.of(Field.values()));
    var greedy =
        new Disclosure(
            granted.pseudonym(),
            granted.life(),
            granted.epoch(),
            granted.purpose(),
            granted.grant(),
            everything,
            RETENTION,
            granted.consent());
    var opened = (Opened.Fields) person.opener(Purpose.PERSONALIZATION).open(greedy);

    assertThat(opened.profile().demographics()).isPresent();
    assertThat(opened.profile().history()).isEmpty();
    assertThat(opened.unreadable()).containsExactly(Field.HISTORY);
  }

  @Test
  void aGrantOfAnotherPurposeDoesNotOpen() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("m-1", 1)))
                .decide(Purpose.TRAINING, Set.of(Field.HISTORY), NOW));

    var training = person.open().disclosure(Purpose.TRAINING, RETENTION).orElseThrow();

    assertThat(person.opener(Purpose.PERSONALIZATION).open(training))
        .isInstanceOf(Opened.Unreadable.class);
  }

  @Test
  void withdrawnFieldNoLongerOpensWithAnyKeyEverGranted() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("m-1", 1)))
                .put(new Preferences(Map.of("Drama", 1.0), List.of()))
                .decide(Purpose.PERSONALIZATION, Set.of(Field.HISTORY, Field.PREFERENCES), NOW));
    var before = person.open().disclosure(Purpose.PERSONALIZATION, RETENTION).orElseThrow();

    person.change(
        revision -> revision.decide(Purpose.PERSONALIZATION, Set.of(Field.PREFERENCES), NOW));

    var oldGrantOnNewSegments =
        new Disclosure(
            before.pseudonym(),
            before.life(),
            before.epoch(),
            before.purpose(),
            before.grant(),
            person.open().sealed(Set.of(Field.HISTORY)),
            RETENTION,
            before.consent());
    var opened = (Opened.Fields) person.opener(Purpose.PERSONALIZATION).open(oldGrantOnNewSegments);
    assertThat(opened.unreadable()).containsExactly(Field.HISTORY);
    assertThat(disclosed(Purpose.PERSONALIZATION).profile().fieldsWithData())
        .containsExactly(Field.PREFERENCES);
    assertThat(history()).containsExactly("m-1");
  }

  @Test
  void forgettingATitleSealsTheRestOfItsQuarterUnderANewKey() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("keep", 2), watched("secret", 1)))
                .append(Field.HISTORY, List.of(watched("other-quarter", 150))));
    var oldKeys = person.open().self().keys();
    var untouched = person.open().self().segments().get(1).keyId();

    var revision = new Revision(person.open(), person.stored.version() + 1, RETENTION, NOW);
    assertThat(revision.forget(Field.HISTORY, title("secret"))).isEqualTo(1);
    person.store(revision);

    assertThat(history()).containsExactly("keep", "other-quarter");
    var reader = new ProfileReader(SEALER, person.life, oldKeys);
    var reading = reader.read(person.open().sealed(Set.of(Field.HISTORY)), RETENTION, NOW);
    assertThat(reading.unreadable()).containsExactly(Field.HISTORY);
    assertThat(person.open().self().segments()).extracting(Segment::keyId).contains(untouched);
  }

  @Test
  void forgettingEverythingLeavesNoKey() {
    person.change(
        revision ->
            revision.append(Field.HISTORY, List.of(watched("m-1", 1), watched("m-2", 150))));

    var revision = new Revision(person.open(), person.stored.version() + 1, RETENTION, NOW);
    assertThat(revision.forget(Field.HISTORY, ForgetFilter.EVERYTHING)).isEqualTo(2);
    person.store(revision);

    assertThat(person.open().self().keys()).isEmpty();
    assertThat(person.stored.blobs().keySet()).containsExactlyInAnyOrder("g.self", "seen");
  }

  @Test
  void aReplacedDocumentIsShredded() {
    person.change(revision -> revision.put(new Preferences(Map.of("Drama", 1.0), List.of())));
    var old = person.open().sealed(Set.of(Field.PREFERENCES));

    person.change(revision -> revision.put(new Preferences(Map.of("Comedy", 1.0), List.of())));

    var reader = new ProfileReader(SEALER, person.life, person.open().self().keys());
    assertThatThrownBy(() -> reader.open(old.get(0))).isInstanceOf(UnreadableException.class);
  }

  @Test
  void manySmallSegmentsAreMergedAndNothingIsLost() {
    var expected = new ArrayList<String>();
    for (int i = 0; i < 60; i++) {
      var item = "m-" + i;
      expected.add(0, item);
      person.change(revision -> revision.append(Field.HISTORY, List.of(watched(item, 1))));
    }

    assertThat(history()).isEqualTo(expected);
    assertThat(person.open().self().segments()).hasSizeLessThanOrEqualTo(17);
  }

  @Test
  void beyondTheLimitTheOldestGoForGood() {
    for (int i = 300; i > 0; i--) {
      int daysAgo = i;
      person.change(
          revision -> revision.append(Field.HISTORY, List.of(watched("m-" + daysAgo, daysAgo))));
    }

    assertThat(history()).hasSize(100).startsWith("m-1").endsWith("m-100");
    int held = person.open().self().segments().stream().mapToInt(Segment::events).sum();
    assertThat(held).isLessThanOrEqualTo(RETENTION.maxEvents() + 10 + 64 + 1);
  }

  @Test
  void quartersPastRetentionAreDroppedWithTheirKeys() {
    person.change(
        revision ->
            revision.append(
                Field.HISTORY,
                List.of(watched("now", 1), watched("once", NOW.minus(Duration.ofDays(800))))));

    person.change(Revision::retire);

    assertThat(person.open().self().segments()).hasSize(1);
    assertThat(person.open().self().keys()).hasSize(1);
  }

  @Test
  void afterARotationOnlyTheNewEpochOpensAnything() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("m-1", 1)))
                .decide(Purpose.PERSONALIZATION, Set.of(Field.HISTORY), NOW));
    var copyTakenBefore = person.stored;

    person.nextEpoch();
    person.store(new Revision(person.open(), person.stored.version(), RETENTION, NOW).retire());
    person.epochs.remove(1);

    assertThat(history()).containsExactly("m-1");
    assertThat(disclosed(Purpose.PERSONALIZATION).profile().history()).hasSize(1);
    assertThatThrownBy(() -> OpenSubject.open(copyTakenBefore, person.keys, SEALER))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void aGrantPutBackAfterAWithdrawalIsRefused() {
    person.change(
        revision ->
            revision
                .append(Field.HISTORY, List.of(watched("m-1", 1)))
                .decide(Purpose.PERSONALIZATION, Set.of(Field.HISTORY), NOW));
    var oldGrant = person.stored.blobs().get("g.personalization");
    person.change(revision -> revision.append(Field.HISTORY, List.of(watched("m-2", 150))));

    var blobs = new HashMap<>(person.stored.blobs());
    blobs.put("g.personalization", oldGrant);
    person.stored = new SealedSubject(person.life, person.stored.version(), person.epoch, blobs);

    assertThatThrownBy(() -> person.open().disclosure(Purpose.PERSONALIZATION, RETENTION))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void noBlobOpensInAnotherLife() {
    person.change(revision -> revision.append(Field.HISTORY, List.of(watched("m-1", 1))));
    var moved =
        new SealedSubject(
            new SubjectLife("pseudonym", 2),
            person.stored.version(),
            person.epoch,
            person.stored.blobs());

    assertThatThrownBy(() -> OpenSubject.open(moved, person.keys, SEALER))
        .isInstanceOf(UnreadableException.class);
  }

  @Test
  void everyFlippedBitIsRefused() {
    person.change(
        revision ->
            revision.append(
                Field.HISTORY, List.of(watched("m-1", Instant.parse("2026-11-01T00:00:00Z")))));

    person
        .stored
        .blobs()
        .forEach(
            (name, blob) -> {
              for (int i = 0; i < blob.length; i++) {
                var blobs = new HashMap<>(person.stored.blobs());
                var flipped = blob.clone();
                flipped[i] ^= 1;
                blobs.put(name, flipped);
                var tampered =
                    new SealedSubject(person.life, person.stored.version(), person.epoch, blobs);
                assertThatThrownBy(
                        () ->
                            OpenSubject.open(tampered, person.keys, SEALER).profile(RETENTION, NOW))
                    .isInstanceOf(UnreadableException.class);
              }
            });
  }
}

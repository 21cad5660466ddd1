package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LedgerIndexTest {
  private static final Instant BY = Instant.parse("2026-11-25T00:00:00Z");

  private final LedgerIndex index = new LedgerIndex();
  private long seq;

  /** Entry n is written n seconds after the beginning. */
  private Instant add(LedgerEntry entry) {
    seq++;
    var at = Instant.ofEpochSecond(seq);
    index.add(seq, at, entry);
    return at;
  }

  private static LedgerEntry.Erase erase(String id, String pseudonym, long life) {
    return new LedgerEntry.Erase(id, pseudonym, life, "owner", 77, "digest");
  }

  private static LedgerEntry.Withdraw withdraw(String pseudonym, long life, long version) {
    return new LedgerEntry.Withdraw(
        pseudonym, life, version, Purpose.TRAINING, Set.of(Field.HISTORY));
  }

  private static LedgerEntry.Forget forget(String pseudonym, long life, long version, int epoch) {
    return new LedgerEntry.Forget(
        pseudonym, life, version, Field.SEARCHES, epoch, new byte[] {1, 2});
  }

  private ErasureRecord record(String id) {
    return index.erasure(id).orElseThrow();
  }

  private List<LedgerEntry.Reducing> acts(String pseudonym) {
    return index.reducing(pseudonym).stream().map(NumberedAct::act).toList();
  }

  @Test
  void strangerIsUnknown() {
    assertThat(index.erasedLife("p")).isEmpty();
    assertThat(index.reducing("p")).isEmpty();
    assertThat(index.latestErasure("p")).isEmpty();
    assertThat(index.pseudonymsToReplay()).isEmpty();
  }

  @Test
  void erasureOnAConditionSaysNothingUntilItIsCarriedOut() {
    add(withdraw("p", 3, 4));
    add(new LedgerEntry.EraseAt(erase("e", "p", 3), 4));
    assertThat(index.unfinished()).containsExactly(record("e"));
    assertThat(record("e").onlyAt()).hasValue(4);
    assertThat(index.erasedLife("p")).isEmpty();
    assertThat(index.latestErasure("p")).isEmpty();
    assertThat(index.reducing("p")).hasSize(1);
    assertThat(index.pendingUnrecoverable()).isZero();

    add(new LedgerEntry.Erased("e", 1, BY));
    assertThat(index.unfinished()).isEmpty();
    assertThat(index.unpurged()).containsExactly(record("e"));
    assertThat(index.erasedLife("p")).hasValue(3);
    assertThat(index.latestErasure("p")).contains(record("e"));
    assertThat(index.reducing("p")).isEmpty();
    assertThat(index.pendingUnrecoverable()).isEqualTo(1);
  }

  @Test
  void erasureThatLapsedNeverWas() {
    add(new LedgerEntry.EraseAt(erase("e", "p", 3), 4));
    add(new LedgerEntry.EraseLapsed("e"));
    add(new LedgerEntry.Erased("e", 1, BY));

    assertThat(index.erasure("e")).isEmpty();
    assertThat(index.unfinished()).isEmpty();
    assertThat(index.unpurged()).isEmpty();
    assertThat(index.pseudonymsToReplay()).isEmpty();
  }

  @Test
  void whatIsErasedDoesNotLapse() {
    add(erase("e", "p", 3));
    add(new LedgerEntry.EraseLapsed("e"));
    add(new LedgerEntry.EraseAt(erase("f", "q", 1), 4));
    add(new LedgerEntry.Erased("f", 1, BY));
    add(new LedgerEntry.EraseLapsed("f"));

    assertThat(index.unfinished()).containsExactly(record("e"));
    assertThat(index.erasedLife("p")).hasValue(3);
    assertThat(index.unpurged()).containsExactly(record("f"));
    assertThat(index.erasedLife("q")).hasValue(1);
  }

  @Test
  void erasureGoesThroughItsStages() {
    add(new LedgerEntry.EpochCreated(1));
    var requested = add(erase("e", "p", 3));
    assertThat(index.erasedLife("p")).hasValue(3);
    assertThat(index.unfinished()).containsExactly(record("e"));
    assertThat(index.unpurged()).isEmpty();
    assertThat(record("e").requestedAt()).isEqualTo(requested);
    assertThat(record("e").tokenIssuedBefore()).isEqualTo(77);
    assertThat(record("e").tokenDigest()).isEqualTo("digest");

    var erased = add(new LedgerEntry.Erased("e", 1, BY));
    assertThat(record("e").erased()).contains(new ErasureRecord.Erased(erased, 1, BY));
    assertThat(index.unfinished()).isEmpty();
    assertThat(index.unpurged()).containsExactly(record("e"));

    var purged = add(new LedgerEntry.Purged(List.of("e")));
    assertThat(record("e").purgedAt()).contains(purged);
    assertThat(index.unpurged()).isEmpty();
    assertThat(index.pendingUnrecoverable()).isEqualTo(1);

    var destroyed = add(new LedgerEntry.EpochDestroyed(1, "r"));
    assertThat(record("e").unrecoverableAt()).contains(destroyed);
    assertThat(index.pendingUnrecoverable()).isZero();
    assertThat(index.erasedLife("p")).hasValue(3);
    assertThat(index.pseudonymsToReplay()).containsExactly("p");
  }

  @Test
  void destructionOfAnEpochCountsForEveryOlderOneAndNoNewer() {
    add(erase("old", "p", 1));
    add(erase("now", "q", 1));
    add(erase("new", "r", 1));
    add(new LedgerEntry.Erased("old", 1, BY));
    add(new LedgerEntry.Erased("now", 2, BY));
    add(new LedgerEntry.Erased("new", 3, BY));

    var destroyed = add(new LedgerEntry.EpochDestroyed(2, "r"));

    assertThat(record("old").unrecoverableAt()).contains(destroyed);
    assertThat(record("now").unrecoverableAt()).contains(destroyed);
    assertThat(record("new").unrecoverableAt()).isEmpty();
    assertThat(index.pendingUnrecoverable()).isEqualTo(1);
  }

  @Test
  void firstDestructionCounts() {
    add(erase("e", "p", 1));
    add(new LedgerEntry.Erased("e", 1, BY));
    var first = add(new LedgerEntry.EpochDestroyed(1, "r"));
    add(new LedgerEntry.EpochDestroyed(2, "s"));

    assertThat(record("e").unrecoverableAt()).contains(first);
  }

  @Test
  void unfinishedErasureIsNotUnrecoverableBeforeItsScriptRan() {
    add(erase("e", "p", 1));
    add(new LedgerEntry.EpochDestroyed(1, "r"));
    assertThat(record("e").unrecoverableAt()).isEmpty();
    assertThat(index.pendingUnrecoverable()).isEqualTo(1);

    var erased = add(new LedgerEntry.Erased("e", 1, BY));

    assertThat(record("e").unrecoverableAt()).contains(erased);
    assertThat(index.pendingUnrecoverable()).isZero();
  }

  @Test
  void erasureNotCarriedOutIsNotPurged() {
    add(erase("e", "p", 1));
    add(new LedgerEntry.Purged(List.of("e", "unheard-of")));
    assertThat(record("e").purgedAt()).isEmpty();

    add(new LedgerEntry.Erased("e", 1, BY));
    assertThat(index.unpurged()).containsExactly(record("e"));
  }

  @Test
  void repeatedEntriesChangeNoReceipt() {
    add(erase("e", "p", 1));
    add(new LedgerEntry.Erased("e", 1, BY));
    add(new LedgerEntry.Purged(List.of("e")));
    var before = record("e");

    add(erase("e", "p", 1));
    add(new LedgerEntry.Erased("e", 2, BY.plusSeconds(1)));
    add(new LedgerEntry.Purged(List.of("e")));

    assertThat(record("e")).isEqualTo(before);
    assertThat(index.unfinished()).isEmpty();
    assertThat(index.unpurged()).isEmpty();
  }

  @Test
  void latestErasureIsTheLastAskedFor() {
    add(erase("e1", "p", 1));
    add(erase("e2", "p", 4));
    add(new LedgerEntry.Erased("e1", 1, BY));

    assertThat(index.latestErasure("p")).contains(record("e2"));
    assertThat(index.erasedLife("p")).hasValue(4);
  }

  @Test
  void erasureEndsTheActsOfItsLivesAndNoLaterOnes() {
    add(withdraw("p", 1, 5));
    add(forget("p", 2, 7, 1));
    add(withdraw("p", 3, 9));
    add(withdraw("q", 1, 2));

    add(erase("e", "p", 2));
    add(withdraw("p", 2, 8));

    assertThat(acts("p")).containsExactly(withdraw("p", 3, 9));
    assertThat(acts("q")).containsExactly(withdraw("q", 1, 2));
    assertThat(index.pseudonymsToReplay()).containsExactlyInAnyOrder("p", "q");
  }

  @Test
  void actsAreKnownByTheNumberOfTheirEntryAndALapsedOneByNone() {
    add(withdraw("p", 1, 2));
    add(forget("q", 1, 2, 1));
    add(forget("p", 1, 2, 1));
    assertThat(index.reducing("p")).extracting(NumberedAct::number).containsExactly(1L, 3L);

    add(new LedgerEntry.ActLapsed("p", 1));
    add(new LedgerEntry.ActLapsed("p", 2));

    assertThat(acts("p")).containsExactly(forget("p", 1, 2, 1));
    assertThat(acts("q")).as("of somebody else").hasSize(1);
  }

  @Test
  void actsOlderThanTheOldestLivingEpochAreDropped() {
    add(new LedgerEntry.EpochCreated(1));
    add(withdraw("p", 1, 2));
    add(forget("q", 1, 2, 1));
    add(new LedgerEntry.EpochCreated(2));
    add(forget("p", 1, 3, 1));
    add(new LedgerEntry.EpochCreated(3));
    add(withdraw("p", 1, 4));
    assertThat(index.reducing("p")).hasSize(3);

    add(new LedgerEntry.EpochDestroyed(1, "r"));
    assertThat(acts("p")).containsExactly(forget("p", 1, 3, 1), withdraw("p", 1, 4));
    assertThat(index.reducing("q")).isEmpty();

    add(new LedgerEntry.EpochDestroyed(2, "s"));
    assertThat(acts("p")).containsExactly(withdraw("p", 1, 4));
  }

  @Test
  void lateDestructionOfAnOlderEpochHoldsPruningBack() {
    add(new LedgerEntry.EpochCreated(1));
    add(withdraw("p", 1, 2));
    add(new LedgerEntry.EpochCreated(2));
    add(withdraw("p", 1, 3));
    add(new LedgerEntry.EpochCreated(3));

    add(new LedgerEntry.EpochDestroyed(2, "r"));
    assertThat(index.reducing("p")).hasSize(2);

    add(new LedgerEntry.EpochDestroyed(1, "r"));
    assertThat(index.reducing("p")).isEmpty();
  }

  @Test
  void nothingIsDroppedWhileNoEpochIsKnownToLive() {
    add(withdraw("p", 1, 2));
    add(new LedgerEntry.EpochDestroyed(1, "r"));

    assertThat(index.reducing("p")).hasSize(1);
  }
}

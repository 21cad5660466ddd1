package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Legal holds and restrictions in the index. */
final class LedgerStatesTest {
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

  private Instant add(Act act, long life) {
    return add(new LedgerEntry.StateChange(act, "p", life, "operator"));
  }

  private Instant erase(String id, long life) {
    return add(new LedgerEntry.Erase(id, "p", life, "owner", 77, ""));
  }

  private ErasureRecord record(String id) {
    return index.erasure(id).orElseThrow();
  }

  private List<LedgerEntry.Reducing> acts(String pseudonym) {
    return index.reducing(pseudonym).stream().map(LedgerIndex.NumberedAct::act).toList();
  }

  @Test
  void aHoldStandsFromItsFirstEntryToItsRelease() {
    var since = add(Act.HOLD, 1);
    add(Act.HOLD, 2);
    assertThat(index.hold("p")).contains(new Standing(1, since));
    assertThat(index.hold("q")).isEmpty();
    assertThat(index.states()).isEqualTo(new VaultFigures.States(1, 0));

    add(Act.RELEASE, 0);
    assertThat(index.hold("p")).isEmpty();
  }

  @Test
  void aHeldErasureWaitsForItsReleaseAndThenForItsScript() {
    add(Act.HOLD, 1);
    erase("e", 1);
    assertThat(index.unfinished()).containsExactly(record("e"));
    var withheld = add(new LedgerEntry.Withheld("e"));
    add(new LedgerEntry.Purged(List.of("e")));

    assertThat(record("e").held()).isTrue();
    assertThat(record("e").inaccessibleAt()).contains(withheld);
    assertThat(record("e").purgedAt()).isEmpty();
    assertThat(index.unfinished()).isEmpty();
    assertThat(index.unpurged()).isEmpty();
    assertThat(index.putAside()).containsExactly(record("e"));
    assertThat(index.pending()).isEqualTo(new VaultFigures.Pending(0, 1, 1));
    assertThat(index.earliestPromise()).isEmpty();
    add(new LedgerEntry.EpochDestroyed(7, "r"));
    assertThat(record("e").unrecoverableAt()).isEmpty();

    add(Act.RELEASE, 0);
    assertThat(index.unfinished()).containsExactly(record("e"));
    add(new LedgerEntry.Erased("e", 8, BY));
    assertThat(record("e").held()).isFalse();
    assertThat(record("e").inaccessibleAt()).contains(withheld);
    assertThat(index.unpurged()).containsExactly(record("e"));
    assertThat(index.putAside()).isEmpty();
    var destroyed = add(new LedgerEntry.EpochDestroyed(8, "s"));
    assertThat(record("e").unrecoverableAt()).contains(destroyed);
    assertThat(index.everWithheld("p")).containsExactly(record("e"));
  }

  @Test
  void whatMayHaveBeenPutAsideUnsaidIsKnownToTheReplay() {
    add(Act.HOLD, 1);
    erase("e", 1);
    add(Act.RELEASE, 0);
    add(new LedgerEntry.Erased("e", 8, BY));

    assertThat(index.everWithheld("p")).containsExactly(record("e"));
  }

  @Test
  void aReleaseThatComesFirstLetsTheErasureGoOn() {
    add(Act.HOLD, 1);
    erase("e", 1);
    add(Act.RELEASE, 0);
    add(new LedgerEntry.Withheld("e"));

    assertThat(index.unfinished()).containsExactly(record("e"));
  }

  @Test
  void aHoldCoversNoErasureFromBeforeIt() {
    erase("e1", 1);
    add(Act.HOLD, 1);
    assertThat(index.hold("p")).isEmpty();

    add(Act.HOLD, 2);
    erase("e2", 2);
    assertThat(index.isHeld(record("e1"))).isFalse();
    assertThat(index.isHeld(record("e2"))).isTrue();
  }

  @Test
  void theEndOfAnEarlierErasureIsNotTheLatest() {
    add(Act.HOLD, 1);
    var first = new LedgerEntry.Erase("e1", "p", 1, "owner", 77, "");
    add(new LedgerEntry.EraseAt(first, 5));
    assertThat(index.erasedLife("p")).isEmpty();
    add(new LedgerEntry.Withheld("e1"));
    assertThat(index.erasedLife("p")).hasValue(1);
    erase("e2", 2);
    add(new LedgerEntry.Withheld("e2"));
    add(Act.RELEASE, 0);
    add(new LedgerEntry.Erased("e2", 1, BY));
    add(new LedgerEntry.Erased("e1", 1, BY));

    assertThat(index.latestErasure("p")).contains(record("e2"));
    assertThat(index.erasedLife("p")).hasValue(2);
  }

  @Test
  void whatWasTakenAwayIsRememberedAsLongAsTheHoldKeepsTheLife() {
    var withdrawn = new LedgerEntry.Withdraw("p", 1, 4, Purpose.TRAINING, Set.of());
    add(withdrawn);
    add(Act.HOLD, 1);
    erase("e", 1);
    add(new LedgerEntry.Withheld("e"));
    assertThat(acts("p")).containsExactly(withdrawn);

    add(Act.RELEASE, 0);
    add(new LedgerEntry.Erased("e", 1, BY));
    assertThat(index.reducing("p")).isEmpty();
  }

  @Test
  void repeatedEntriesChangeNoReceipt() {
    add(Act.HOLD, 1);
    erase("e", 1);
    add(new LedgerEntry.Withheld("e"));
    var before = record("e");

    add(new LedgerEntry.Withheld("e"));
    assertThat(record("e")).isEqualTo(before);

    add(Act.RELEASE, 0);
    add(new LedgerEntry.Erased("e", 1, BY));
    var after = record("e");
    add(new LedgerEntry.Withheld("e"));
    add(new LedgerEntry.Erased("e", 2, BY.plusSeconds(1)));
    assertThat(record("e")).isEqualTo(after);
  }

  @Test
  void aRestrictionIsOfOneLifeAndEndsWithIt() {
    var since = add(Act.RESTRICT, 2);
    add(Act.RESTRICT, 2);
    assertThat(index.restriction("p")).contains(new Standing(2, since));
    erase("e1", 1);
    assertThat(index.restriction("p")).isPresent();
    erase("e2", 2);
    assertThat(index.restriction("p")).isEmpty();
    add(Act.RESTRICT, 2);
    assertThat(index.restriction("p")).isEmpty();

    add(Act.RESTRICT, 3);
    assertThat(index.states()).isEqualTo(new VaultFigures.States(0, 1));
    add(Act.UNRESTRICT, 3);
    assertThat(index.restriction("p")).isEmpty();
  }
}

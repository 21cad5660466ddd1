package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LedgerTest {
  private static final TestSigner SIGNER = new TestSigner("key");

  @TempDir Path data;

  @Test
  void indexKnowsAnEntryWhenItsAppendCompletes() throws Exception {
    try (var ledger = Ledger.open(data, Chains.CLOCK, SIGNER)) {
      var known =
          ledger
              .append(new LedgerEntry.Erase("e", "p", 2, "owner", 7, ""))
              .map(written -> ledger.index().erasedLife("p"));

      assertThat(Chains.get(known)).hasValue(2);
    }
  }

  @Test
  void reopenedLedgerSaysTheSame() throws Exception {
    ErasureRecord before;
    try (var ledger = Ledger.open(data, Chains.CLOCK, SIGNER)) {
      for (var entry :
          List.of(
              new LedgerEntry.EpochCreated(1),
              new LedgerEntry.Erase("e", "p", 2, "owner", 7, "d"),
              new LedgerEntry.Erased("e", 1, Chains.NOW),
              new LedgerEntry.Purged(List.of("e")),
              new LedgerEntry.Withdraw("q", 1, 2, Purpose.TRAINING, Set.of()),
              new LedgerEntry.Forget("q", 1, 3, Field.HISTORY, 1, new byte[] {9}))) {
        Chains.get(ledger.append(entry));
      }
      before = ledger.index().erasure("e").orElseThrow();
    }

    try (var ledger = Ledger.open(data, Chains.CLOCK, SIGNER)) {
      assertThat(ledger.entries()).as("a checkpoint ends it").isEqualTo(7);
      assertThat(ledger.index().erasure("e")).contains(before);
      assertThat(ledger.index().reducing("q"))
          .as("with the numbers that they were given")
          .containsExactly(
              new NumberedAct(5, new LedgerEntry.Withdraw("q", 1, 2, Purpose.TRAINING, Set.of())),
              new NumberedAct(
                  6, new LedgerEntry.Forget("q", 1, 3, Field.HISTORY, 1, new byte[] {9})));
      assertThat(ledger.index().pseudonymsToReplay()).containsExactlyInAnyOrder("p", "q");
      assertThat(Ledger.verify(data, SIGNER).head()).isEqualTo(ledger.head());
    }
  }

  @Test
  void entryOfANewerProgramIsNamed() throws Exception {
    try (var file = HashChainFile.open(Ledger.file(data), Chains.CLOCK)) {
      Chains.get(file.append(new LedgerEntry.EpochCreated(1).json()));
      Chains.get(file.append(new JsonObject().put("v", 2).put("kind", "erase")));
    }

    assertThatThrownBy(() -> Ledger.open(data, Chains.CLOCK, SIGNER))
        .isInstanceOf(UnreadableEntryException.class)
        .hasMessageContaining("entry 2")
        .hasMessageContaining("format 2");
  }
}

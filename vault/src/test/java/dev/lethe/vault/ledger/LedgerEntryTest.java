package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

final class LedgerEntryTest {
  @Property
  void entryReadsAsItWasWritten(@ForAll("entries") LedgerEntry entry) {
    var text = entry.json().encode();

    assertThat(LedgerEntry.of(new JsonObject(text))).isEqualTo(entry);
    assertThat(text).startsWith("{\"v\":1,\"kind\":\"");
  }

  @Provide
  Arbitrary<LedgerEntry> entries() {
    var text = Arbitraries.strings().ofMaxLength(8);
    var number = Arbitraries.longs().greaterOrEqual(0);
    var epoch = Arbitraries.integers().greaterOrEqual(0);
    var field = Arbitraries.of(Field.class);
    return Arbitraries.oneOf(
        Combinators.combine(text, text, number, text, number, text).as(LedgerEntry.Erase::new),
        Combinators.combine(text, text, number, number)
            .as(
                (id, p, life, version) ->
                    new LedgerEntry.EraseAt(
                        new LedgerEntry.Erase(id, p, life, "owner", 7, ""), version)),
        text.map(LedgerEntry.EraseLapsed::new),
        Combinators.combine(text, epoch)
            .as((id, number1) -> new LedgerEntry.Erased(id, number1, Chains.NOW)),
        text.map(LedgerEntry.Withheld::new),
        Combinators.combine(Arbitraries.of(LedgerEntry.StateChange.Act.class), text, number, text)
            .as(LedgerEntry.StateChange::new),
        text.list().ofMaxSize(3).map(LedgerEntry.Purged::new),
        Combinators.combine(epoch, text).as(LedgerEntry.EpochDestroyed::new),
        epoch.map(LedgerEntry.EpochCreated::new),
        Combinators.combine(text, text, text, text, Arbitraries.of(true, false), text)
            .as(LedgerEntry.NoticeEnded::new),
        Combinators.combine(text, number).as(LedgerEntry.ActLapsed::new),
        Combinators.combine(text, number, number, Arbitraries.of(Purpose.class), field.set())
            .as(LedgerEntry.Withdraw::new),
        Combinators.combine(
                text, number, number, field, epoch, Arbitraries.bytes().array(byte[].class))
            .as(LedgerEntry.Forget::new));
  }

  @Test
  void newerFormatIsRefused() {
    assertUnreadable(new LedgerEntry.EpochCreated(1).json().put("v", 2), "format 2");
  }

  @Test
  void unknownKindIsRefused() {
    assertUnreadable(new JsonObject().put("v", 1).put("kind", "pardon"), "kind pardon");
  }

  @Test
  void missingOrWrongMemberIsRefused() {
    var entry = new LedgerEntry.Withdraw("p", 1, 2, Purpose.TRAINING, Set.of(Field.HISTORY)).json();
    assertUnreadable(new JsonObject(), "lacks v");
    for (var name : List.of("pseudonym", "life", "version", "purpose", "fields")) {
      var without = entry.copy();
      without.remove(name);
      assertUnreadable(without, "lacks " + name);
    }
    assertUnreadable(entry.copy().put("life", "one"), "wrong");
    assertUnreadable(entry.copy().put("purpose", "fun"), "no purpose fun");
  }

  private static void assertUnreadable(JsonObject json, String why) {
    assertThatThrownBy(() -> LedgerEntry.of(json))
        .isInstanceOf(UnreadableEntryException.class)
        .hasMessageContaining(why);
  }
}

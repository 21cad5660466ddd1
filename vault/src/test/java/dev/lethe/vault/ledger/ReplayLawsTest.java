package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/**
 * For any history and any older copy of Redis that still opens: what the index has re-applied is
 * every reducing act later than the copy in the life that it shows, and no other.
 */
final class ReplayLawsTest {
  private enum Kind {
    WRITE,
    WITHDRAW,
    FORGET,
    ERASE,
    ROTATE
  }

  private record Step(Kind kind, String pseudonym) {}

  /** How far a subject is: what stands in Redis in clear. */
  private record Stamp(long life, long version, long seen, boolean alive) {
    Stamp next(long seen) {
      return new Stamp(alive ? life : life + 1, version + 1, seen, true);
    }
  }

  /** All of Redis at some moment. */
  private record Copy(int epoch, Map<String, Stamp> subjects, int acts, int erasures) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    var kinds =
        Arbitraries.frequency(
            Tuple.of(4, Kind.WRITE),
            Tuple.of(4, Kind.WITHDRAW),
            Tuple.of(4, Kind.FORGET),
            Tuple.of(2, Kind.ERASE),
            Tuple.of(1, Kind.ROTATE));
    return Combinators.combine(kinds, Arbitraries.of("p", "q")).as(Step::new).list().ofMaxSize(60);
  }

  @Property(tries = 500)
  void exactlyTheLaterActsOfTheSameLifeAreReapplied(@ForAll("histories") List<Step> history) {
    var world = new World();
    world.add(new LedgerEntry.EpochCreated(1));
    var copies = new ArrayList<Copy>();
    copies.add(world.copy());
    for (var step : history) {
      world.perform(step);
      copies.add(world.copy());
    }

    for (var copy : copies) {
      if (copy.epoch() == world.epoch) {
        copy.subjects().forEach((pseudonym, stamp) -> world.assertExact(copy, pseudonym, stamp));
      }
    }
  }

  /** Redis, the ledger, and everything that was ever done. */
  private static final class World {
    private final LedgerIndex index = new LedgerIndex();
    private final Map<String, Stamp> now = new HashMap<>();
    private final ArrayList<LedgerEntry.Reducing> acts = new ArrayList<>();
    private final ArrayList<LedgerEntry.Erase> erasures = new ArrayList<>();
    private int epoch = 1;
    private long seq;

    private void assertExact(Copy copy, String pseudonym, Stamp stamp) {
      if (!stamp.alive()) {
        return;
      }
      var erasedSince =
          erasures.subList(copy.erasures(), erasures.size()).stream()
              .anyMatch(erase -> erase.pseudonym().equals(pseudonym));
      assertThat(stamp.life() <= index.erasedLife(pseudonym).orElse(0))
          .as("%s in life %d is to be erased", pseudonym, stamp.life())
          .isEqualTo(erasedSince);
      if (!erasedSince) {
        assertThat(
                index.reducing(pseudonym).stream()
                    .filter(each -> each.act().life() == stamp.life())
                    .filter(each -> each.number() > stamp.seen())
                    .map(LedgerIndex.NumberedAct::act)
                    .toList())
            .isEqualTo(
                acts.subList(copy.acts(), acts.size()).stream()
                    .filter(act -> act.pseudonym().equals(pseudonym))
                    .toList());
      }
      if (stamp.equals(now.get(pseudonym))) {
        assertThat(erasedSince).isFalse();
      }
    }

    private Copy copy() {
      return new Copy(epoch, Map.copyOf(now), acts.size(), erasures.size());
    }

    private void add(LedgerEntry entry) {
      seq++;
      index.add(seq, Instant.ofEpochSecond(seq), entry);
    }

    private void perform(Step step) {
      var before = now.getOrDefault(step.pseudonym(), new Stamp(0, 0, 0, false));
      switch (step.kind()) {
        case WRITE -> now.put(step.pseudonym(), before.next(before.seen()));
        case WITHDRAW, FORGET -> reduce(step, before);
        case ERASE -> erase(step.pseudonym(), before);
        case ROTATE -> {
          add(new LedgerEntry.EpochCreated(epoch + 1));
          add(new LedgerEntry.EpochDestroyed(epoch, "r"));
          epoch++;
        }
      }
    }

    private void reduce(Step step, Stamp before) {
      if (!before.alive()) {
        return;
      }
      var after = before.next(seq + 1);
      LedgerEntry.Reducing act =
          step.kind() == Kind.WITHDRAW
              ? new LedgerEntry.Withdraw(
                  step.pseudonym(), after.life(), after.version(), Purpose.TRAINING, Set.of())
              : new LedgerEntry.Forget(
                  step.pseudonym(),
                  after.life(),
                  after.version(),
                  Field.HISTORY,
                  epoch,
                  new byte[] {1});
      add(act);
      acts.add(act);
      now.put(step.pseudonym(), after);
    }

    private void erase(String pseudonym, Stamp before) {
      if (!before.alive()) {
        return;
      }
      var erase =
          new LedgerEntry.Erase("e" + erasures.size(), pseudonym, before.life(), "owner", 1, "");
      add(erase);
      erasures.add(erase);
      add(new LedgerEntry.Erased(erase.erasureId(), epoch, Instant.EPOCH));
      now.put(pseudonym, new Stamp(before.life(), before.version() + 1, 0, false));
    }
  }
}

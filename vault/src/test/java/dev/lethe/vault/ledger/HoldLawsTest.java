package dev.lethe.vault.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever order holds, releases, erasures, crashes and rotations come in: an erasure waits exactly
 * as long as its hold stands, and no longer and no less after everything was read anew.
 */
final class HoldLawsTest {
  private enum Kind {
    WRITE,
    HOLD,
    RELEASE,
    ASK,
    CARRY_OUT,
    ROTATE
  }

  private record Step(Kind kind, String pseudonym) {}

  private record Written(long seq, Instant at, LedgerEntry entry) {}

  @Provide
  Arbitrary<List<Step>> histories() {
    return Combinators.combine(Arbitraries.of(Kind.class), Arbitraries.of("p", "q"))
        .as(Step::new)
        .list()
        .ofMaxSize(50);
  }

  @Property(tries = 500)
  void anErasureWaitsExactlyAsLongAsItsHoldStands(@ForAll("histories") List<Step> history) {
    var world = new World();
    for (var step : history) {
      world.perform(step);
      world.assertLaws();
    }
    world.assertSameWhenReadAnew();
    world.release("p");
    world.release("q");
    world.carryOut();
    world.rotate();
    world.assertNothingWaits();
  }

  private static final class World {
    private final LedgerIndex index = new LedgerIndex();
    private final List<Written> written = new ArrayList<>();
    private final List<LedgerEntry.Erase> asked = new ArrayList<>();
    private final Map<String, Long> lives = new HashMap<>();
    private int epoch = 1;

    private void add(LedgerEntry entry) {
      long seq = written.size() + 1L;
      var one = new Written(seq, Instant.ofEpochSecond(seq), entry);
      written.add(one);
      index.add(one.seq(), one.at(), one.entry());
    }

    private boolean alive(String person) {
      return lives.getOrDefault(person, 0L) > index.erasedLife(person).orElse(0);
    }

    private void perform(Step step) {
      var person = step.pseudonym();
      switch (step.kind()) {
        case WRITE -> {
          if (!alive(person)) {
            lives.merge(person, 1L, Long::sum);
          }
        }
        case HOLD -> {
          if (alive(person)) {
            change(Act.HOLD, person);
          }
        }
        case RELEASE -> release(person);
        case ASK -> ask(person);
        case CARRY_OUT -> carryOut();
        case ROTATE -> rotate();
      }
    }

    private void change(Act act, String person) {
      add(new LedgerEntry.StateChange(act, person, lives.getOrDefault(person, 0L), "operator"));
    }

    private void release(String person) {
      change(Act.RELEASE, person);
    }

    private void ask(String person) {
      if (alive(person)) {
        var erase =
            new LedgerEntry.Erase(
                "e" + asked.size(), person, lives.getOrDefault(person, 0L), "owner", 1, "");
        asked.add(erase);
        add(erase);
      }
    }

    /** What the vault does after each request and at each start. */
    private void carryOut() {
      for (var record : index.unfinished()) {
        add(
            index.isHeld(record)
                ? new LedgerEntry.Withheld(record.erasureId())
                : new LedgerEntry.Erased(record.erasureId(), epoch, Instant.EPOCH));
      }
    }

    private void rotate() {
      add(new LedgerEntry.EpochCreated(epoch + 1));
      add(new LedgerEntry.EpochDestroyed(epoch, "r"));
      epoch++;
    }

    private ErasureRecord record(LedgerEntry.Erase erase) {
      return index.erasure(erase.erasureId()).orElseThrow();
    }

    private void assertLaws() {
      long pending = 0;
      for (var erase : asked) {
        var record = record(erase);
        boolean waits = record.held() && index.isHeld(record);
        assertThat(index.unfinished().contains(record))
            .as("%s is to be carried out", record)
            .isEqualTo(record.erased().isEmpty() && !waits);
        assertThat(index.putAside().contains(record))
            .as("%s may be put aside", record)
            .isEqualTo(record.erased().isEmpty() && (record.held() || index.isHeld(record)));
        assertThat(record.unrecoverableAt().isPresent())
            .isEqualTo(record.erased().filter(stage -> stage.epoch() < epoch).isPresent());
        assertThat(erase.life()).isLessThanOrEqualTo(index.erasedLife(erase.pseudonym()).orElse(0));
        pending += record.unrecoverableAt().isPresent() ? 0 : 1;
      }
      assertThat(index.pendingUnrecoverable()).isEqualTo(pending);
    }

    private void assertSameWhenReadAnew() {
      var anew = new LedgerIndex();
      written.forEach(one -> anew.add(one.seq(), one.at(), one.entry()));
      for (var erase : asked) {
        assertThat(anew.erasure(erase.erasureId())).contains(record(erase));
        assertThat(anew.hold(erase.pseudonym())).isEqualTo(index.hold(erase.pseudonym()));
        assertThat(anew.latestErasure(erase.pseudonym()))
            .isEqualTo(index.latestErasure(erase.pseudonym()));
      }
      assertThat(anew.unfinished()).isEqualTo(index.unfinished());
      assertThat(anew.putAside()).isEqualTo(index.putAside());
      assertThat(anew.pending()).isEqualTo(index.pending());
    }

    private void assertNothingWaits() {
      assertThat(index.pendingUnrecoverable()).isZero();
      assertThat(index.putAside()).isEmpty();
      for (var erase : asked) {
        assertThat(record(erase).held()).isFalse();
        assertThat(record(erase).unrecoverableAt()).isPresent();
      }
    }
  }
}

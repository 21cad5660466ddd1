package dev.lethe.vault.subject;

import dev.lethe.vault.ledger.LedgerIndex.NumberedAct;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Reducing acts whose entry is written, or about to be, and whose change of Redis is under way
 * here: not missing on the run of the server that the change goes to, only not there yet. One at a
 * time for each person. Thread-safe.
 */
public final class UnderWay {
  private final ConcurrentHashMap<String, Act> acts = new ConcurrentHashMap<>();

  /**
   * @param last number of an entry before that of the act
   * @param server the run of the server that the change goes to
   */
  Act begin(String pseudonym, long last, long server) {
    var act = new Act(last, server);
    acts.put(pseudonym, act);
    return act;
  }

  /** To be called when the change is made or not, and the ledger was told if it was not. */
  void end(String pseudonym) {
    acts.remove(pseudonym);
  }

  /**
   * Acts without the one that is left to who carries it out; from any other run of the server than
   * its own it is taken over instead.
   *
   * @param named what the index says; asked while no act of the person begins or ends
   */
  List<NumberedAct> without(String pseudonym, long server, Supplier<List<NumberedAct>> named) {
    var left = new ArrayList<NumberedAct>();
    acts.compute(
        pseudonym,
        (same, act) -> {
          named.get().stream()
              .filter(each -> act == null || !act.keeps(each.number(), server))
              .forEach(left::add);
          return act;
        });
    return List.copyOf(left);
  }

  /** One act. */
  static final class Act {
    private enum State {
      UNDER_WAY,
      LAPSING,
      TAKEN
    }

    private final long last;
    private final long server;
    private long number;
    private State state = State.UNDER_WAY;

    private Act(long last, long server) {
      this.last = last;
      this.server = server;
    }

    /** The number of its entry is known. */
    synchronized void written(long as) {
      number = as;
    }

    /**
     * Its change was not made, and nobody is to make it. False when somebody may have made it
     * already, on another run of the server.
     */
    synchronized boolean lapse() {
      if (state == State.UNDER_WAY) {
        state = State.LAPSING;
      }
      return state == State.LAPSING;
    }

    private synchronized boolean keeps(long other, long asked) {
      if (number == 0 ? other <= last : other != number) {
        return false;
      }
      if (asked != server && state == State.UNDER_WAY) {
        state = State.TAKEN;
      }
      return state != State.TAKEN;
    }
  }
}

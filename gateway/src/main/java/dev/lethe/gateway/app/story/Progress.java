package dev.lethe.gateway.app.story;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Says how far a crash test came, should a signal or a failure end it before its summary. */
final class Progress {
  private record Played(int rounds, int people, long acknowledged) {}

  private final int rounds;
  private final Stage stage;
  private final AtomicLong losses = new AtomicLong();
  private volatile Played played = new Played(0, 0, 0);
  private volatile boolean ended;

  Progress(int rounds, Stage stage) {
    this.rounds = rounds;
    this.stage = stage;
  }

  /** One that speaks when the process ends. */
  static Progress watched(int rounds, Stage stage) {
    var progress = new Progress(rounds, stage);
    Runtime.getRuntime().addShutdownHook(new Thread(progress::stopped, "crash-test-stopped"));
    return progress;
  }

  /** After a check, whatever becomes of the rest of its round. */
  void lost(long more) {
    losses.addAndGet(more);
  }

  /** Of all checks. */
  long losses() {
    return losses.get();
  }

  /** After a round; what it lost is only seen in the next one. */
  void played(int number, List<Witness> people) {
    long acknowledged = people.stream().mapToLong(Witness::acknowledged).sum();
    played = new Played(number, people.size(), acknowledged);
  }

  /** From now on the summary says it. */
  void ended() {
    ended = true;
  }

  /** The process ends, for whatever reason. */
  void stopped() {
    if (ended) {
      return;
    }
    var last = played;
    stage.out().println("rounds       " + last.rounds() + " of " + rounds + ", stopped");
    stage.out().println("people       " + last.people());
    stage.out().println("acknowledged " + last.acknowledged());
    stage.out().println("losses       " + losses + " seen; what came last is not checked");
    stage.out().println("chains       not checked");
    stage.out().flush();
  }
}

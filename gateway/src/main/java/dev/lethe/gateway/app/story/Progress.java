package dev.lethe.gateway.app.story;

import java.util.List;

/** Says how far a crash test came, should a signal or a failure end it before its summary. */
final class Progress {
  private record Played(int rounds, int people, long acknowledged, long losses) {}

  private final int rounds;
  private final Stage stage;
  private final Thread hook = new Thread(this::stopped, "crash-test-stopped");
  private volatile Played played = new Played(0, 0, 0, 0);

  Progress(int rounds, Stage stage) {
    this.rounds = rounds;
    this.stage = stage;
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** After a round; what it lost is only seen in the next one. */
  void played(int number, List<Witness> people, long losses) {
    long acknowledged = people.stream().mapToLong(Witness::acknowledged).sum();
    played = new Played(number, people.size(), acknowledged, losses);
  }

  private void stopped() {
    var last = played;
    stage.out().println("rounds       " + last.rounds() + " of " + rounds + ", stopped");
    stage.out().println("people       " + last.people());
    stage.out().println("acknowledged " + last.acknowledged());
    stage.out().println("losses       " + last.losses() + " seen; the last round is not checked");
    stage.out().println("chains       not checked");
    stage.out().flush();
  }

  /** From now on the summary says it. */
  void ended() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The process ends already, and the hook says so.
      stage.err().println("stopped");
    }
  }
}

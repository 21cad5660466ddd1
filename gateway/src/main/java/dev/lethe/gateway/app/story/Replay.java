package dev.lethe.gateway.app.story;

import java.nio.file.Path;
import java.util.Optional;

/** Plays a RankLens events file on a fresh instance, checks everybody at the end and measures. */
public final class Replay {
  private static final int IN_FLIGHT = 32;

  private final Stage stage;
  private final Path file;
  private final Optional<Integer> most;

  /**
   * @param most people to play
   */
  public Replay(Stage stage, Path file, Optional<Integer> most) {
    this.stage = stage;
    this.file = file;
    this.most = most;
  }

  /**
   * Plays it and prints the summary.
   *
   * @return whether nothing failed
   */
  public boolean play() {
    var events = Players.read(file, stage.clock().instant(), most);
    stage.err().println("Starting a fresh instance…");
    try (var scene = stage.open(Optional.empty());
        var crowd = new Crowd(IN_FLIGHT)) {
      var run = new ReplayRun(stage, scene, crowd, events);
      run.play();
      return run.summary();
    }
  }
}

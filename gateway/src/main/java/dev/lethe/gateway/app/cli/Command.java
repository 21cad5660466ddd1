package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.config.Setting;
import java.util.List;

/**
 * A command of the command line.
 *
 * @param name its words, joined by spaces
 * @param help one line
 * @param settings that it takes as options, besides {@code --config}
 * @param files how many paths it takes as arguments: {@code "0"}, {@code "1"} or {@code "0..1"}
 */
record Command(String name, String help, List<Setting<?>> settings, String files, Action action) {
  /** Exit status of a command that did what it was asked to. */
  static final int DONE = 0;

  /** Exit status of a command that did not. */
  static final int FAILED = 1;

  /** Exit status of a command that was asked wrongly. */
  static final int USAGE = 2;

  /** Exit status of a proof that proves nothing either way. */
  static final int INCONCLUSIVE = 3;

  /** What it does. */
  interface Action {
    /** Runs until it is done; answers the exit status. */
    int run(Invocation invocation);
  }
}

package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.FailedException;
import dev.lethe.gateway.app.RunningInstance;
import dev.lethe.gateway.app.config.ConfigReading;
import dev.lethe.gateway.app.config.UsageException;
import dev.lethe.gateway.app.config.Values;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;

/**
 * Where stories are played.
 *
 * @param out for what the story tells
 * @param err for progress
 */
public record Stage(
    RunningInstance.Starter starter, Clock clock, PrintStream out, PrintStream err) {

  /**
   * Starts an instance of the story's own, on free ports, with default settings.
   *
   * @param data an empty or missing folder to keep; without one a temporary folder is used
   */
  Scene open(Optional<Path> data) {
    var props = Props.in(data);
    try {
      var instance =
          starter.start(
              ConfigReading.config(
                  Values.read(
                      Map.of("data", props.folder().toString(), "port", "0", "admin-port", "0"),
                      Map.of(),
                      props.folder()),
                  props.folder()));
      return new Scene(instance, props, clock);
    } catch (RuntimeException e) {
      props.close();
      throw e;
    }
  }

  /**
   * A folder for one story.
   *
   * @param temporary whether it is removed at the end
   */
  record Props(Path folder, boolean temporary) implements AutoCloseable {
    static Props in(Optional<Path> data) {
      try {
        if (data.isEmpty()) {
          return new Props(Files.createTempDirectory("lethe-"), true);
        }
        Path folder = data.get();
        Files.createDirectories(folder);
        try (var entries = Files.list(folder)) {
          if (entries.findAny().isPresent()) {
            throw new UsageException("--data: " + folder + " is not empty");
          }
        }
        return new Props(folder, false);
      } catch (IOException e) {
        throw new FailedException("no folder for the story", e);
      }
    }

    @Override
    public void close() {
      if (temporary) {
        Trees.remove(folder);
      }
    }
  }
}

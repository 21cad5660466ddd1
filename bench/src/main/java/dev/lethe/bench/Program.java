package dev.lethe.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of the system that a bench needs.
 *
 * @param name as it is called
 * @param debian package that has it
 */
public record Program(String name, String debian) {
  /** Runs it to its end and answers what it said. */
  public String run(List<String> arguments) {
    try {
      var process = builder(arguments).redirectErrorStream(true).start();
      process.getOutputStream().close();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new BenchException(name + " fails: " + said.strip());
      }
      return said;
    } catch (IOException e) {
      throw absent(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }

  /**
   * Starts it.
   *
   * @param log file for what it says
   */
  public Process start(List<String> arguments, Path log) {
    try {
      var output = log.toFile();
      return builder(arguments)
          .redirectErrorStream(true)
          .redirectOutput(output)
          .redirectInput(new File("/dev/null"))
          .start();
    } catch (IOException e) {
      throw absent(e);
    }
  }

  /** Makes sure that it is there. */
  public void require() {
    boolean there =
        List.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)).stream()
            .anyMatch(folder -> new File(folder, name).canExecute());
    if (!there) {
      throw new BenchException(name + " is not on the PATH: install the package " + debian);
    }
  }

  private ProcessBuilder builder(List<String> arguments) {
    var line = new ArrayList<>(List.of(name));
    line.addAll(arguments);
    return new ProcessBuilder(line);
  }

  private BenchException absent(IOException e) {
    return new BenchException(
        name + " cannot be run: install the package " + debian + " (" + e.getMessage() + ")", e);
  }
}

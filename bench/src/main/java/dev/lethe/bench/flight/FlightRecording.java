package dev.lethe.bench.flight;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.report.Report;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/**
 * Samples of a running Java process, taken by its Flight Recorder from the making of this object
 * until it is reported. Threads in native code are sampled more rarely than those in Java, so the
 * shares of TLS and of writing are rather too small.
 */
public final class FlightRecording {
  private static final double PERCENT = 100;
  private static final String NATIVE = "jdk.NativeMethodSample";
  private static final String NAME = "lethe-bench";

  /** Periods of the settings {@code profile}, so that samples of both kinds count their time. */
  private static final Map<String, Double> MILLIS =
      Map.of("jdk.ExecutionSample", 10.0, NATIVE, 20.0);

  /** Where a thread without work sits. */
  private static final List<String> IDLE =
      List.of(
          "epollWait",
          "epollWait0",
          "poll",
          "park",
          "accept",
          "read0",
          "waitForReferencePendingList");

  private final long pid;
  private final Path file;

  /**
   * Begins to record.
   *
   * @param file to be written
   */
  public FlightRecording(long pid, Path file) {
    this.pid = pid;
    this.file = file;
    jcmd("JFR.start", "name=" + NAME, "settings=profile");
  }

  /** The share of each part in all samples of threads that worked, from 0 to 1. */
  private Map<Part, Double> shares() {
    jcmd("JFR.stop", "name=" + NAME, "filename=" + file);
    var millis = new EnumMap<Part, Double>(Part.class);
    try (var recording = new RecordingFile(file)) {
      while (recording.hasMoreEvents()) {
        count(recording.readEvent(), millis);
      }
    } catch (IOException e) {
      throw new BenchException("the recording cannot be read: " + e.getMessage(), e);
    }
    double all = millis.values().stream().mapToDouble(Double::doubleValue).sum();
    if (all == 0) {
      throw new BenchException("nothing was sampled");
    }
    var shares = new EnumMap<Part, Double>(Part.class);
    millis.forEach((part, spent) -> shares.put(part, spent / all));
    return shares;
  }

  /** Ends it and reports the shares of some parts. */
  public void report(Report report, String what, Set<Part> parts) {
    var shares = shares();
    for (var part : parts) {
      double percent = shares.getOrDefault(part, 0.0) * PERCENT;
      report.row("  of " + what + ": " + part.text(), "%", "%.1f", Samples.of(percent));
    }
  }

  private static void count(RecordedEvent event, Map<Part, Double> millis) {
    var period = MILLIS.get(event.getEventType().getName());
    var stack = event.getStackTrace();
    if (period == null || stack == null || stack.getFrames().isEmpty()) {
      return;
    }
    var frames = stack.getFrames();
    boolean inNative = event.getEventType().getName().equals(NATIVE);
    if (inNative && IDLE.contains(frames.get(0).getMethod().getName())) {
      return;
    }
    var classes = frames.stream().map(frame -> frame.getMethod().getType().getName()).toList();
    millis.merge(Part.of(classes), period, Double::sum);
  }

  private void jcmd(String... command) {
    var line = new ArrayList<String>();
    line.add(Path.of(System.getProperty("java.home"), "bin", "jcmd").toString());
    line.add(Long.toString(pid));
    line.addAll(List.of(command));
    try {
      var process = new ProcessBuilder(line).redirectErrorStream(true).start();
      var said = new String(process.getInputStream().readAllBytes(), UTF_8);
      if (process.waitFor() != 0) {
        throw new BenchException("jcmd fails: " + said.strip());
      }
    } catch (IOException e) {
      throw new BenchException("jcmd of a JDK is needed: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", e);
    }
  }
}

package dev.lethe.vault.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes processes and threads give way to all others, by {@code renice}. Only Linux tells of
 * threads; elsewhere, or without {@code renice}, everything keeps its priority. Calls block.
 */
public final class Niceness {
  private static final Logger LOG = LoggerFactory.getLogger(Niceness.class);

  /** About a tenth of the weight of others: nothing beside it suffers, and yet it ends in time. */
  private static final String LOW = "10";

  private static final Path THIS_THREAD = Path.of("/proc/thread-self");
  private static final long PATIENCE_S = 5;
  private static final AtomicBoolean REFUSED = new AtomicBoolean();

  private Niceness() {}

  /** Lowers the priority of the thread that calls. */
  public static void lowerThisThread() {
    try {
      lower(Long.parseLong(Files.readSymbolicLink(THIS_THREAD).getFileName().toString()));
    } catch (IOException | UnsupportedOperationException e) {
      tell(e);
    }
  }

  /**
   * Lowers the priority of a process.
   *
   * @param id of it, or of a thread
   */
  public static void lower(long id) {
    try {
      var process =
          new ProcessBuilder(List.of("renice", "-n", LOW, "-p", Long.toString(id)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      tell(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Once: it will not be otherwise before the next start. */
  private static void tell(Exception failure) {
    if (!REFUSED.getAndSet(true)) {
      LOG.info("what should give way keeps its priority: {}", failure.getMessage());
    }
  }
}

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
  private static final int LOW = 10;

  private static final Path PROC = Path.of("/proc");

  /** In proc(5)'s stat, behind the name, which is in parentheses and may hold spaces. */
  private static final int NICE = 16;

  private static final long PATIENCE_S = 5;
  private static final AtomicBoolean REFUSED = new AtomicBoolean();

  private Niceness() {}

  /** Lowers the priority of the thread that calls. */
  public static void lowerThisThread() {
    try {
      lower(
          Long.parseLong(
              Files.readSymbolicLink(PROC.resolve("thread-self")).getFileName().toString()));
    } catch (IOException | UnsupportedOperationException e) {
      tell(e.toString());
    }
  }

  /**
   * Lowers the priority of a process.
   *
   * @param id of it, or of a thread
   */
  public static void lower(long id) {
    try {
      if (of(Long.toString(id)) >= LOW) {
        return; // not to raise it
      }
      var process =
          new ProcessBuilder(
                  List.of("renice", "-n", Integer.toString(LOW), "-p", Long.toString(id)))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      } else if (process.exitValue() != 0) {
        tell("renice refuses it");
      }
    } catch (IOException e) {
      tell(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * How much a process or thread gives way, from -20 to 19.
   *
   * @param id its number, or {@code thread-self}
   */
  static int of(String id) throws IOException {
    var stat = Files.readString(PROC.resolve(id).resolve("stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE]);
  }

  /** Once: it will not be otherwise before the next start. */
  private static void tell(String why) {
    if (!REFUSED.getAndSet(true)) {
      LOG.info("what should give way keeps its priority: {}", why);
    }
  }
}

package dev.lethe.bench.conns;

import com.nimbusds.jose.JWSAlgorithm;
import dev.lethe.bench.BenchException;
import dev.lethe.bench.Waiting;
import dev.lethe.bench.auth.MadeUpIssuer;
import dev.lethe.bench.load.HttpsCaller;
import dev.lethe.gateway.app.story.ChildInstance;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** The memory of an instance with many connections that are kept. */
final class ConnsBench {
  /** Files that the instance may have closed meanwhile and that were no connections. */
  private static final int ELSEWHERE = 16;

  private static final String PATH = "/v1/titles/m-1";
  private static final int TOKENS = 100;
  private static final int ROUNDS = 5;
  private static final int IN_FLIGHT = 64;

  /** Opened together. */
  private static final int BATCH = 100;

  /**
   * When so many are open, and again, each has a request: an instance ends a connection that has
   * none for half a minute.
   */
  private static final int BETWEEN_ROUNDS = 1_000;

  private final Path folder;
  private final int connections;
  private final PrintStream progress;
  private final LongAdder refused = new LongAdder();

  /**
   * @param folder an empty one
   */
  ConnsBench(Path folder, int connections, PrintStream progress) {
    this.folder = folder;
    this.connections = connections;
    this.progress = progress;
  }

  /**
   * What was seen, in bytes of memory.
   *
   * @param idle before there was a connection
   * @param connected when each connection had had requests
   * @param later after more requests on each
   * @param refused requests without a good answer
   */
  record Result(long idle, long connected, long later, long refused) {}

  /** Blocks. */
  Result run() throws IOException {
    var issuer = new MadeUpIssuer();
    var tokens = issuer.tokens(JWSAlgorithm.RS256, TOKENS, progress);
    var data = Files.createDirectory(folder.resolve("data"));
    var config = issuer.configuration(folder);
    var vertx = Vertx.vertx();
    try (var instance =
        ChildInstance.start(
            System.getProperty("java.class.path"), data, List.of("--config", config.toString()))) {
      var process = Proc.of(instance.pid());
      long idle = process.residentBytes();
      long files = process.openFiles();
      var callers = new ArrayList<HttpsCaller>();
      for (int open = 0; open < connections; open += BATCH) {
        int more = Math.min(BATCH, connections - open);
        callers.add(new HttpsCaller(vertx, instance.client(), instance.certificate(), more));
        if ((open + more) % BETWEEN_ROUNDS == 0 || open + more == connections) {
          round(callers, open + more, tokens);
          progress.printf(
              "%d connections: %d MB%n", open + more, process.residentBytes() / 1_000_000);
        }
      }
      long connected = process.residentBytes();
      for (int round = 1; round <= ROUNDS; round++) {
        round(callers, connections, tokens);
        progress.printf(
            "%d requests more: %d MB%n", round * connections, process.residentBytes() / 1_000_000);
      }
      long later = process.residentBytes();
      requireKept(process.openFiles() - files);
      return new Result(idle, connected, later, refused.sum());
    } finally {
      Waiting.until(vertx.close());
    }
  }

  private void requireKept(long kept) {
    if (kept < connections - ELSEWHERE) {
      throw new BenchException("the instance has kept only " + kept + " connections");
    }
  }

  /** One request on each connection: a caller uses its connections in turns. */
  private void round(List<HttpsCaller> callers, int open, List<String> tokens) {
    var room = new Semaphore(IN_FLIGHT);
    for (int n = 0; n < open; n++) {
      room.acquireUninterruptibly();
      callers
          .get(n / BATCH)
          .get(PATH, tokens.get(n % tokens.size()))
          .onFailure(failure -> refused.increment())
          .onComplete(answer -> room.release());
    }
    room.acquireUninterruptibly(IN_FLIGHT);
  }
}

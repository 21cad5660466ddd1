package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.FailedException;
import dev.lethe.gateway.app.RunningInstance;
import dev.lethe.gateway.app.config.ConfigReading;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs an instance until a signal asks it to stop. */
final class UpCommand implements Command.Action {
  private static final Logger LOG = LoggerFactory.getLogger(UpCommand.class);

  /** How long a stop waits for a start that was still under way. */
  private static final long START_SECONDS = 60;

  @Override
  public int run(Invocation invocation) {
    var config = ConfigReading.config(invocation.values(), invocation.home());
    var started = new CompletableFuture<RunningInstance>();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(started), "shutdown"));
    try {
      var instance = invocation.starter().start(config);
      invocation.out().println("ready " + instance.client() + " " + instance.admin());
      invocation.out().flush();
      started.complete(instance);
      new CountDownLatch(1).await();
      return Command.DONE;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FailedException("interrupted", e);
    } catch (RuntimeException e) {
      started.completeExceptionally(e);
      throw e;
    }
  }

  /** A signal ends the JVM with a status of its own, unless the hook ends it first. */
  private static void stop(CompletableFuture<RunningInstance> started) {
    if (started.isCompletedExceptionally()) {
      return;
    }
    try {
      started.get(START_SECONDS, TimeUnit.SECONDS).close();
      Runtime.getRuntime().halt(Command.DONE);
    } catch (ExecutionException e) {
      LOG.info("stopped before it was ready");
    } catch (TimeoutException | InterruptedException | RuntimeException e) {
      LOG.error("not everything stopped", e);
      Runtime.getRuntime().halt(Command.FAILED);
    }
  }
}

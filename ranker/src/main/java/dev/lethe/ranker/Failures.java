package dev.lethe.ranker;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs bugs by class and place only: a message or a cause might carry what nobody may read. */
final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger("dev.lethe.ranker");

  private Failures() {}

  static void log(String doing, Throwable failure) {
    var trace = failure.getStackTrace();
    LOG.error(
        "{} failed: {} at {}",
        doing,
        failure.getClass().getName(),
        trace.length == 0 ? "an unknown place" : trace[0]);
  }
}

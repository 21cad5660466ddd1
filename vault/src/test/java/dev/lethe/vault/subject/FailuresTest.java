package dev.lethe.vault.subject;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.crypto.UnreadableException;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class FailuresTest {
  @Test
  void whoeverWritesToRedisDoesNotFillTheLog() {
    var logged = new ListAppender<ILoggingEvent>();
    logged.start();
    var logger = (Logger) LoggerFactory.getLogger(Failures.class);
    logger.addAppender(logged);
    try {
      var outcome =
          Failures.<String>asOutcome(new UnreadableException("sealed text does not open"));
      assertThat(outcome.result()).isEqualTo(Outcome.refused(Outcome.Refusal.UNAVAILABLE));
      assertThat(logged.list).noneMatch(event -> event.getLevel().isGreaterOrEqual(Level.INFO));
    } finally {
      logger.detachAppender(logged);
    }
  }
}

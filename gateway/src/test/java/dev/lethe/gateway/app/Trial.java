package dev.lethe.gateway.app;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.lethe.gateway.app.cli.Cli;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.slf4j.LoggerFactory;

/**
 * One run of {@code lethe up} on free ports, as the command line does it but in this process. An
 * instance that starts is stopped at once.
 *
 * @param status of the process; 0 when the instance started
 * @param errors what the command printed on its error stream
 * @param warnings logged on the way
 */
record Trial(int status, List<String> errors, List<String> warnings) {
  private static final class Started extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  static Trial up(Path data, String... options) {
    return up(Map.of(), data, options);
  }

  static Trial up(Map<String, String> environment, Path data, String... options) {
    var arguments =
        new ArrayList<>(
            List.of("up", "--data", data.toString(), "--port", "0", "--admin-port", "0"));
    // An option stands once: what a case says replaces the free port.
    for (int i = 0; i < options.length; i += 2) {
      int at = arguments.indexOf(options[i]);
      if (at > 0) {
        arguments.set(at + 1, options[i + 1]);
      } else {
        arguments.addAll(List.of(options).subList(i, Math.min(i + 2, options.length)));
      }
    }
    var err = new ByteArrayOutputStream();
    var log = new ListAppender<ILoggingEvent>();
    log.start();
    var root = (Logger) LoggerFactory.getLogger("dev.lethe");
    root.addAppender(log);
    try {
      var clock = Clock.systemUTC();
      int status =
          new Cli(
                  data,
                  data,
                  environment,
                  new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                  new PrintStream(err, true, UTF_8),
                  clock,
                  config -> {
                    Instance.start(config, clock).close();
                    throw new Started();
                  },
                  new VaultChains(),
                  new VaultStores(clock))
              .run(arguments.toArray(String[]::new));
      var errors = err.toString(UTF_8).lines().toList();
      boolean started = errors.equals(List.of("lethe: " + Started.class.getSimpleName()));
      return new Trial(started ? 0 : status, started ? List.of() : errors, warnings(log));
    } finally {
      root.detachAppender(log);
    }
  }

  /** One run of another command; answers its status and error lines. */
  static Trial command(Path data, String... arguments) {
    var err = new ByteArrayOutputStream();
    var clock = Clock.systemUTC();
    int status =
        new Cli(
                data,
                data,
                Map.of(),
                new PrintStream(new ByteArrayOutputStream(), true, UTF_8),
                new PrintStream(err, true, UTF_8),
                clock,
                config -> Instance.start(config, clock),
                new VaultChains(),
                new VaultStores(clock))
            .run(arguments);
    return new Trial(status, err.toString(UTF_8).lines().toList(), List.of());
  }

  private static List<String> warnings(ListAppender<ILoggingEvent> log) {
    return log.list.stream()
        .filter(event -> event.getLevel().isGreaterOrEqual(Level.WARN))
        .map(ILoggingEvent::getFormattedMessage)
        .toList();
  }

  /** It started, and had nothing to warn of. */
  void started() {
    assertThat(this).isEqualTo(new Trial(0, List.of(), List.of()));
  }

  /** It did not start, and said why in this line and no other. */
  void refused(int expected, String line) {
    assertThat(this).isEqualTo(new Trial(expected, List.of("lethe: " + line), List.of()));
  }
}

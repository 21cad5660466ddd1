package dev.lethe.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times requests by route, never by raw path; method and route are empty of what callers choose.
 */
final class RequestMeter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.lethe.gateway.access");

  private final MeterRegistry registry;

  /** The registry finds a timer by building it anew, which costs more than recording. */
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String method, String route, int status) {}

  RequestMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  void record(String method, String route, int status, long nanos) {
    timers
        .computeIfAbsent(new Kind(method, route, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
    LOG.debug("{} {} {} {} ms", method, route, status, nanos / 1_000_000);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("lethe.http.requests")
        .description("Requests answered, by route")
        .tag("method", kind.method())
        .tag("route", kind.route())
        .tag("status", Integer.toString(kind.status()))
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofSeconds(1))
        .register(registry);
  }
}

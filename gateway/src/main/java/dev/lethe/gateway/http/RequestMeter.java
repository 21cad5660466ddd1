package dev.lethe.gateway.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times requests by route, never by raw path; method and route are empty of what callers choose.
 */
final class RequestMeter {
  private static final Logger LOG = LoggerFactory.getLogger("dev.lethe.gateway.access");

  private final MeterRegistry registry;

  RequestMeter(MeterRegistry registry) {
    this.registry = registry;
  }

  void record(String method, String route, int status, long nanos) {
    Timer.builder("lethe.http.requests")
        .description("Requests answered, by route")
        .tag("method", method)
        .tag("route", route)
        .tag("status", Integer.toString(status))
        .serviceLevelObjectives(
            Duration.ofMillis(5),
            Duration.ofMillis(25),
            Duration.ofMillis(100),
            Duration.ofSeconds(1))
        .register(registry)
        .record(Duration.ofNanos(nanos));
    LOG.debug("{} {} {} {} ms", method, route, status, nanos / 1_000_000);
  }
}

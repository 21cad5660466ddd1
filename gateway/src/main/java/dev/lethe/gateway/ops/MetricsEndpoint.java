package dev.lethe.gateway.ops;

import dev.lethe.gateway.http.Endpoint;
import dev.lethe.gateway.http.Reply;
import dev.lethe.vault.api.VaultClient;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The registry as Prometheus text, with what matters of the vault and of the Java machine. */
public final class MetricsEndpoint {
  private static final String MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final PrometheusMeterRegistry registry;
  private final VaultMeters vault;

  public MetricsEndpoint(VaultClient vault, PrometheusMeterRegistry registry) {
    this.registry = registry;
    this.vault = new VaultMeters(vault, registry);
    var memory = ManagementFactory.getMemoryMXBean();
    var threads = ManagementFactory.getThreadMXBean();
    var runtime = ManagementFactory.getRuntimeMXBean();
    Gauge.builder("lethe.jvm.heap.used", memory, bean -> bean.getHeapMemoryUsage().getUsed())
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lethe.jvm.heap.max", memory, bean -> bean.getHeapMemoryUsage().getMax())
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
    Gauge.builder("lethe.jvm.threads", threads, bean -> bean.getThreadCount())
        .strongReference(true)
        .register(registry);
    TimeGauge.builder("lethe.jvm.uptime", runtime, TimeUnit.MILLISECONDS, bean -> bean.getUptime())
        .strongReference(true)
        .register(registry);
  }

  public List<Endpoint> table() {
    return List.of(
        Endpoint.open(
            "readMetrics",
            HttpMethod.GET,
            "/metrics",
            exchange ->
                vault
                    .refresh(exchange.deadline())
                    .map(asked -> Reply.of(200, MEDIA_TYPE, Buffer.buffer(registry.scrape())))));
  }
}

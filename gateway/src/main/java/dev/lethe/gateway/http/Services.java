package dev.lethe.gateway.http;

import dev.lethe.gateway.auth.TokenVerifier;
import dev.lethe.ranker.api.RankerClient;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultClient;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Clock;

/** What both listeners rest on. */
public record Services(
    VaultClient vault,
    RankerClient ranker,
    TokenVerifier tokens,
    RetentionRule retention,
    Clock clock,
    PrometheusMeterRegistry meters) {}

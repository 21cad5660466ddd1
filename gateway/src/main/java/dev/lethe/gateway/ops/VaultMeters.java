package dev.lethe.gateway.ops;

import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The vault's figures as meters, as they were when last asked for. While the vault does not answer
 * {@code lethe_vault_up} is 0 and the others are not a number.
 */
final class VaultMeters {
  private final VaultClient vault;
  private volatile Optional<VaultFigures> figures = Optional.empty();

  /** As last known: a counter never goes back. */
  private volatile long refused;

  private volatile Map<Purpose, Long> asked = Map.of();

  VaultMeters(VaultClient vault, MeterRegistry registry) {
    this.vault = vault;
    Gauge.builder("lethe.vault.up", this, meters -> meters.figures.isPresent() ? 1 : 0)
        .description("Whether the vault answers")
        .register(registry);
    gauge(registry, "lethe.redis.up", "Whether the store answers", f -> bit(f.redisUp()));
    gauge(
        registry,
        "lethe.ledger.healthy",
        "Whether the disk takes entries of the ledger",
        f -> bit(f.ledger().healthy()));
    gauge(
        registry,
        "lethe.ledger.entries",
        "Durable entries of the ledger",
        f -> f.ledger().entries());
    gauge(
        registry,
        "lethe.audit.healthy",
        "Whether the disk takes entries of the audit log",
        f -> bit(f.auditHealthy()));
    gauge(
        registry,
        "lethe.epoch.active",
        "The epoch that grants are sealed under",
        VaultFigures::activeEpoch);
    gauge(registry, "lethe.subjects.held", "People under a legal hold", f -> f.states().held());
    gauge(
        registry,
        "lethe.subjects.restricted",
        "People whose data is restricted",
        f -> f.states().restricted());
    pending(registry, "inaccessible", pending -> pending.inaccessible());
    pending(registry, "purged", pending -> pending.purged());
    pending(registry, "unrecoverable", pending -> pending.unrecoverable());
    overdue(registry);
    gauge(
        registry,
        "lethe.notices.waiting",
        "Notices that their receivers have not acknowledged",
        f -> f.notices().waiting());
    Gauge.builder(
            "lethe.notices.oldest.waiting",
            this,
            meters -> meters.value(f -> f.notices().oldest().toMillis() / 1_000.0))
        .description("Age of the oldest notice that is not acknowledged")
        .baseUnit("seconds")
        .register(registry);
    rotation(registry);
    Purpose.consentables().forEach(purpose -> asked(registry, purpose));
    FunctionCounter.builder("lethe.blobs.refused", this, meters -> meters.refused)
        .description("Sealed texts that did not open")
        .register(registry);
  }

  private void asked(MeterRegistry registry, Purpose purpose) {
    FunctionCounter.builder(
            "lethe.people.asked", this, meters -> meters.asked.getOrDefault(purpose, 0L))
        .description("How often somebody was asked about for a purpose")
        .tag("purpose", purpose.wireName())
        .register(registry);
  }

  private void gauge(
      MeterRegistry registry, String name, String what, ToDoubleFunction<VaultFigures> value) {
    Gauge.builder(name, this, meters -> meters.value(value)).description(what).register(registry);
  }

  private double value(ToDoubleFunction<VaultFigures> value) {
    return figures.map(value::applyAsDouble).orElse(Double.NaN);
  }

  private void pending(
      MeterRegistry registry, String stage, ToDoubleFunction<VaultFigures.Pending> count) {
    Gauge.builder(
            "lethe.erasures.pending",
            this,
            meters -> meters.value(f -> count.applyAsDouble(f.pending())))
        .description("Erasures that have yet to reach the stage")
        .tag("stage", stage)
        .register(registry);
  }

  private void overdue(MeterRegistry registry) {
    late(registry, "inaccessible", late -> late.inaccessible());
    late(registry, "purged", late -> late.purged());
    late(registry, "unrecoverable", late -> late.unrecoverable());
    Gauge.builder(
            "lethe.erasures.oldest.pending",
            this,
            meters -> meters.value(f -> f.overdue().oldest().toMillis() / 1_000.0))
        .description("Age of the oldest erasure that a stage is still ahead of")
        .baseUnit("seconds")
        .register(registry);
    gauge(
        registry,
        "lethe.purge.refused",
        "Whether Redis refuses to rewrite its files, so that erasures are not purged",
        f -> bit(f.overdue().purgeRefused()));
  }

  private void late(
      MeterRegistry registry, String stage, ToDoubleFunction<VaultFigures.Pending> count) {
    Gauge.builder(
            "lethe.erasures.late",
            this,
            meters -> meters.value(f -> count.applyAsDouble(f.overdue().late())))
        .description("Erasures that should have reached the stage and have not")
        .tag("stage", stage)
        .register(registry);
  }

  /** One gauge for each state, 1 for the present one: so that it can be watched by name. */
  private void rotation(MeterRegistry registry) {
    for (Rotation.State state : Rotation.State.values()) {
      Gauge.builder("lethe.rotation.state", this, meters -> meters.value(f -> in(f, state)))
          .description("Whether the last rotation is in the state")
          .tag("state", state.wireName())
          .register(registry);
    }
    gauge(
        registry,
        "lethe.rotation.people.done",
        "People whom the last rotation has resealed",
        f -> f.rotation().map(Rotation::done).orElse(0L));
    gauge(
        registry,
        "lethe.rotation.people",
        "People whom the last rotation has to reseal",
        f -> f.rotation().map(Rotation::total).orElse(0L));
  }

  private static int in(VaultFigures figures, Rotation.State state) {
    return bit(figures.rotation().filter(rotation -> rotation.state() == state).isPresent());
  }

  private static int bit(boolean is) {
    return is ? 1 : 0;
  }

  /** Asks the vault. Never fails. */
  Future<Void> refresh(Instant deadline) {
    return vault
        .<VaultFigures>ask(new VaultRequest.ReadFigures(deadline))
        .map(VaultMeters::answer)
        .otherwise(Optional.empty())
        .onSuccess(
            answer -> {
              figures = answer;
              answer.ifPresent(
                  now -> {
                    refused = now.refusedBlobs();
                    asked = now.asked();
                  });
            })
        .mapEmpty();
  }

  private static Optional<VaultFigures> answer(Outcome<VaultFigures> outcome) {
    return outcome instanceof Outcome.Done<VaultFigures> done
        ? Optional.of(done.value())
        : Optional.empty();
  }
}

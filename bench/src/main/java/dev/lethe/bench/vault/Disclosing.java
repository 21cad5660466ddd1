package dev.lethe.bench.vault;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.Random;
import java.util.function.Supplier;

/** Disclosures for rankings, of people chosen by chance. */
public final class Disclosing implements Supplier<Future<?>> {
  private static final Duration DEADLINE = Duration.ofSeconds(10);
  private static final String TRACE = "0".repeat(32);

  private final VaultUnderTest vault;
  private final int people;
  private final Random random = new Random(1);

  /**
   * @param people how many a {@link Population} brought in
   */
  public Disclosing(VaultUnderTest vault, int people) {
    this.vault = vault;
    this.people = people;
  }

  @Override
  public Future<DisclosureAnswer> get() {
    var now = Instant.now();
    return vault.ask(
        new VaultRequest.Disclose(
            new Caller(
                Population.person(random.nextInt(people)),
                new TokenRef(now.getEpochSecond(), "0".repeat(64)),
                now.plus(DEADLINE),
                TRACE),
            Purpose.PERSONALIZATION));
  }
}

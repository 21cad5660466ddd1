package dev.lethe.bench.vault;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.RedisTools;
import dev.lethe.bench.Waiting;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.api.VaultRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.LockSupport;

/** Rotates the keys of a vault and takes the time. */
public final class Rotating {
  private static final Duration LOOK_EVERY = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofHours(1);

  private final VaultUnderTest vault;
  private final Duration lookEvery;
  private final RedisTools redis;

  Rotating(VaultUnderTest vault) {
    this(vault, LOOK_EVERY);
  }

  /**
   * @param lookEvery nothing is told apart that lies between two looks
   */
  public Rotating(VaultUnderTest vault, Duration lookEvery) {
    this.vault = vault;
    this.lookEvery = lookEvery;
    this.redis = new RedisTools(vault.redisConf());
  }

  /**
   * A rotation.
   *
   * @param resealing seconds from the first to the last person who was resealed
   * @param whole seconds from the request to the destroyed epoch
   * @param heap bytes that stayed after a collection while people were resealed, at most
   * @param cpu used from the first to the last person who was resealed
   */
  public record Timed(double resealing, double whole, long heap, CpuUse cpu) {}

  /** Rotates once. Blocks until the old epoch is destroyed. */
  public Timed once() {
    var cpu = CpuUse.soFar(redis);
    long begun = System.nanoTime();
    long last = begun;
    long first = 0;
    long resealed = 0;
    var heap = new HeapWatch();
    Rotation rotation =
        Waiting.until(vault.ask(new VaultRequest.StartRotation("bench", "bench", soon())));
    var id = rotation.id();
    while (rotation.state() != Rotation.State.COMPLETE) {
      LockSupport.parkNanos(lookEvery.toNanos());
      rotation = Waiting.until(vault.ask(new VaultRequest.ReadRotation(id, soon())));
      last = System.nanoTime();
      if (first == 0 && rotation.state() != Rotation.State.DISTRIBUTING) {
        first = last;
        cpu = CpuUse.soFar(redis);
      }
      if (resealed == 0 && rotation.state().compareTo(Rotation.State.RESEALING) > 0) {
        resealed = last;
        heap.stop();
        cpu = CpuUse.soFar(redis).since(cpu);
      }
      if (last - begun > LONGEST.toNanos()) {
        throw new BenchException("the rotation does not end; it is " + rotation.state());
      }
    }
    long resealing = Math.max(lookEvery.toNanos(), resealed - first);
    return new Timed(resealing / 1e9, (last - begun) / 1e9, heap.most(), cpu);
  }

  private static Instant soon() {
    return Instant.now().plusSeconds(30);
  }
}

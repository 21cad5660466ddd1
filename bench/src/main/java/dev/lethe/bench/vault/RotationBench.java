package dev.lethe.bench.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.RedisTools;
import dev.lethe.bench.report.Samples;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How fast an idle vault brings everybody under a new epoch, beside what {@code redis-benchmark}
 * reaches on the same server with the same script and as much in flight, in turns.
 */
final class RotationBench {
  private static final int SCRIPT_KEYS = 100_000;
  private static final int SCRIPT_RUNS = 400_000;

  /** As many people as a pass of a rotation has in flight. */
  private static final int IN_FLIGHT = 1_024;

  private static final Duration LONGEST = Duration.ofHours(1);

  private final VaultUnderTest vault;
  private final RedisTools redis;
  private final PrintStream progress;

  RotationBench(VaultUnderTest vault, RedisTools redis, PrintStream progress) {
    this.vault = vault;
    this.redis = redis;
    this.progress = progress;
  }

  /**
   * What was measured.
   *
   * @param resealing people per second from the first to the last that is resealed
   * @param whole people per second from the request to the destroyed epoch
   * @param script runs per second of the same script by redis-benchmark
   * @param heap bytes that stayed after a collection while people were resealed, at most
   * @param vaultCpu processor time per person in this process, in microseconds
   * @param redisCpu the same in Redis
   */
  record Result(
      int people,
      Samples resealing,
      Samples whole,
      Samples script,
      Samples heap,
      Samples vaultCpu,
      Samples redisCpu) {}

  Result run(int people, int runs) {
    var resealing = new ArrayList<Double>();
    var whole = new ArrayList<Double>();
    var script = new ArrayList<Double>();
    var heap = new ArrayList<Double>();
    var vaultCpu = new ArrayList<Double>();
    var redisCpu = new ArrayList<Double>();
    var rotating = new Rotating(vault);
    rotating.once(); // warms up
    for (int run = 1; run <= runs; run++) {
      var rotation = rotating.once();
      resealing.add(people / rotation.resealing());
      whole.add(people / rotation.whole());
      heap.add((double) rotation.heap());
      vaultCpu.add(rotation.cpu().vault() * 1e6 / people);
      redisCpu.add(rotation.cpu().redis() * 1e6 / people);
      script.add(scriptRate());
      progress.printf(
          "run %d: %.0f people/s resealed, %.0f in all; µs of a processor per person: vault %.1f,"
              + " Redis %.1f; redis-benchmark %.0f scripts/s%n",
          run,
          people / rotation.resealing(),
          people / rotation.whole(),
          vaultCpu.get(run - 1),
          redisCpu.get(run - 1),
          script.get(run - 1));
    }
    return new Result(
        people,
        new Samples(resealing),
        new Samples(whole),
        new Samples(script),
        new Samples(heap),
        new Samples(vaultCpu),
        new Samples(redisCpu));
  }

  /** Runs of the script that changes a person, each on a person who stands there already. */
  private double scriptRate() {
    var sealed = sealedSizes();
    var arguments = new ArrayList<String>();
    for (int stamp = 0; stamp < 6; stamp++) {
      arguments.add("1");
    }
    arguments.add(Long.toString(Instant.now().plus(LONGEST).toEpochMilli()));
    arguments.add("0");
    arguments.add(Integer.toString(sealed.size()));
    for (int i = 0; i < sealed.size(); i++) {
      arguments.add("g." + i);
      arguments.add("x".repeat(sealed.get(i)));
    }
    redis.call(
        "EVAL",
        "for i = 0, tonumber(ARGV[1]) - 1 do redis.call('HSET', 'b:{' .. string.format('%012d', i) .. '}',"
            + " 'f', 1, 'life', 1, 'ver', 1, 'epoch', 1, 'born', 1) end",
        "0",
        Integer.toString(SCRIPT_KEYS));
    var command =
        new ArrayList<>(
            List.of("EVALSHA", redis.call("SCRIPT", "LOAD", script()), "1", "b:{__rand_int__}"));
    command.addAll(arguments);
    double rate = redis.rate(SCRIPT_RUNS, SCRIPT_KEYS, IN_FLIGHT, command);
    redis.call(
        "EVAL",
        "for i = 0, tonumber(ARGV[1]) - 1 do redis.call('UNLINK', 'b:{' .. string.format('%012d', i) .. '}') end",
        "0",
        Integer.toString(SCRIPT_KEYS));
    return rate;
  }

  /** How long the grants of a person are. */
  private List<Integer> sealedSizes() {
    var person =
        redis.call(
            "EVAL",
            "local cursor = '0' repeat local page = redis.call('SCAN', cursor, 'MATCH', 's:*', 'COUNT', 1000)"
                + " cursor = page[1] if page[2][1] then return page[2][1] end until cursor == '0' return ''",
            "0");
    return redis
        .call("HKEYS", person)
        .lines()
        .filter(name -> name.startsWith("g."))
        .map(name -> Integer.parseInt(redis.call("HSTRLEN", person, name)))
        .toList();
  }

  private static String script() {
    try (var in = RotationBench.class.getResourceAsStream("/lua/change.lua")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new BenchException("the script cannot be read", e);
    }
  }
}

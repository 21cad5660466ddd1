package dev.lethe.bench.vault;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.RedisTools;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import java.io.PrintStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

/** People with a history, who agreed to personalisation and to training: three grants each. */
final class Population {
  private static final int TOGETHER = 256;
  private static final int TOLD_EVERY = 100_000;
  private static final String TRACE = "0".repeat(32);

  private static final int EVENTS = 10;

  private final VaultUnderTest vault;
  private final RedisTools redis;

  Population(VaultUnderTest vault, RedisTools redis) {
    this.vault = vault;
    this.redis = redis;
  }

  /** Brings people in. Blocks. */
  void add(int people, PrintStream progress) {
    var room = new Semaphore(TOGETHER);
    var failure = new AtomicReference<Throwable>();
    for (int i = 0; i < people && failure.get() == null; i++) {
      room.acquireUninterruptibly();
      vault
          .<PersonImport.Result>ask(request(i))
          .onComplete(
              result -> {
                room.release();
                if (result.failed()) {
                  failure.compareAndSet(null, result.cause());
                } else if (result.result() != PersonImport.Result.IMPORTED) {
                  failure.compareAndSet(null, new BenchException("an import is " + result));
                }
              });
      if ((i + 1) % TOLD_EVERY == 0) {
        progress.println((i + 1) + " people are there");
      }
    }
    room.acquireUninterruptibly(TOGETHER);
    if (failure.get() != null) {
      throw new BenchException("people cannot be brought in: " + failure.get(), failure.get());
    }
    forgetIdempotency();
  }

  /** Imports leave a record each for a day, which nobody who lives here would have. */
  private void forgetIdempotency() {
    var cursor = "0";
    do {
      cursor =
          redis.call(
              "EVAL",
              "local page = redis.call('SCAN', ARGV[1], 'MATCH', 'i:*', 'COUNT', 10000)"
                  + " for _, key in ipairs(page[2]) do redis.call('UNLINK', key) end return page[1]",
              "0",
              cursor);
    } while (!cursor.equals("0"));
  }

  /** Who is brought in with a number, from 0 on. */
  static SubjectRef person(int number) {
    return new SubjectRef("https://bench.example", "person-" + number);
  }

  private VaultRequest.ImportSubject request(int number) {
    var now = Instant.now();
    var history =
        IntStream.range(0, EVENTS)
            .<Event>mapToObj(
                item ->
                    new Event.Watched(
                        "m-" + (number + item * 31) % 5_000,
                        Instant.ofEpochMilli(now.toEpochMilli() - 60_000L * item),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()))
            .toList();
    var agreed = new PersonImport.Given(Set.of(Field.HISTORY), Optional.of(now));
    return new VaultRequest.ImportSubject(
        new Caller(person(number), TokenRef.ADMINISTRATOR, now.plusSeconds(60), TRACE),
        new PersonImport(
            history,
            List.of(),
            List.of(),
            Map.of(Purpose.PERSONALIZATION, agreed, Purpose.TRAINING, agreed)),
        false,
        false,
        new Idempotency("bench " + number, "0"));
  }
}

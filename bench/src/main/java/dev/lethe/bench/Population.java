package dev.lethe.bench;

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

  private final VaultUnderTest vault;
  private final int events;

  /**
   * @param events that each person watched
   */
  Population(VaultUnderTest vault, int events) {
    this.vault = vault;
    this.events = events;
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
  }

  private VaultRequest.ImportSubject request(int number) {
    var now = Instant.now();
    var history =
        IntStream.range(0, events)
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
        new Caller(
            new SubjectRef("https://bench.example", "person-" + number),
            TokenRef.ADMINISTRATOR,
            now.plusSeconds(60),
            TRACE),
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

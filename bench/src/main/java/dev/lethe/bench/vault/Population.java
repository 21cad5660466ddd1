package dev.lethe.bench.vault;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.RedisTools;
import dev.lethe.bench.load.Batch;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Idempotency;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectRef;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** People with a history, who agreed to personalisation and to training: three grants each. */
public final class Population {
  /** Requests in flight. */
  public static final int TOGETHER = 256;

  private static final int TOLD_EVERY = 100_000;
  private static final String TRACE = "0".repeat(32);

  private final VaultUnderTest vault;
  private final int events;
  private final Duration apart;

  /** Of ten events within ten minutes each. */
  public Population(VaultUnderTest vault) {
    this(vault, 10, Duration.ofMinutes(1));
  }

  /**
   * @param events how many each person watched
   * @param apart time from one event to the next, the newest being now
   */
  public Population(VaultUnderTest vault, int events, Duration apart) {
    this.vault = vault;
    this.events = events;
    this.apart = apart;
  }

  /** Brings people in, as if they had lived here. Blocks. */
  public void add(int people, PrintStream progress) {
    add(0, people, progress);
    forgetIdempotency();
  }

  /** Brings more people in, from a number on, with the records that an import leaves. Blocks. */
  public void add(int from, int people, PrintStream progress) {
    Batch.seconds(
        people,
        TOGETHER,
        i -> {
          if ((i + 1) % TOLD_EVERY == 0) {
            progress.println((i + 1) + " people are there");
          }
          return vault
              .<PersonImport.Result>ask(request(from + i))
              .compose(
                  result ->
                      result == PersonImport.Result.IMPORTED
                          ? Future.succeededFuture()
                          : Future.failedFuture(new BenchException("an import is " + result)));
        });
  }

  /** Imports leave a record each for a day, which nobody who lives here would have. */
  private void forgetIdempotency() {
    var redis = new RedisTools(vault.redisConf());
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
  public static SubjectRef person(int number) {
    return new SubjectRef("https://bench.example", "person-" + number);
  }

  /** Somebody who acts on a person, and waits for a minute. */
  public static Caller administrator(int number) {
    return new Caller(person(number), TokenRef.ADMINISTRATOR, Instant.now().plusSeconds(60), TRACE);
  }

  private VaultRequest.ImportSubject request(int number) {
    var now = Instant.now();
    var history =
        IntStream.range(0, events)
            .<Event>mapToObj(
                item ->
                    new Event.Watched(
                        "m-" + (number + item * 31) % 5_000,
                        Instant.ofEpochMilli(now.toEpochMilli() - apart.toMillis() * item),
                        OptionalDouble.empty(),
                        OptionalDouble.empty()))
            .toList();
    var agreed = new PersonImport.Given(Set.of(Field.HISTORY), Optional.of(now));
    return new VaultRequest.ImportSubject(
        administrator(number),
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

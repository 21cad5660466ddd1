package dev.lethe.ranker.train;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.SealedForTraining;
import dev.lethe.vault.api.TrainingPage;
import dev.lethe.vault.api.TrainingPage.Trainee;
import dev.lethe.vault.api.TrainingSeal;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.api.VaultClient;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Asks the vault, page by page, for those who agreed to training and counts them into a generation:
 * only who is counted in what the vault keeps is counted here. It works for a small part of the
 * time while others are being served. Confined to one event loop.
 */
final class Training {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration RETRY = Duration.ofSeconds(1);

  /** Of one page. */
  private static final int MOST_TRIES = 5;

  /** So many times as long as it works, while others are being served. */
  private static final int RESTS = 4;

  /** What takes longer waits for a disk, which no rest helps. */
  private static final long LONGEST_REST_MS = 250;

  private final Vertx vertx;
  private final VaultClient vault;
  private final DisclosureOpener opener;
  private final TrainingSeal seal;
  private final WorkerExecutor worker;
  private final Clock clock;

  /** Completes when nobody is between being kept and being counted. */
  private Future<Void> settled = Future.succeededFuture();

  /** Those who were counted last: an older state of what is kept of them may be on its way here. */
  private Map<Long, Counted> justCounted = Map.of();

  private long justCountedIn;

  Training(
      Vertx vertx,
      VaultClient vault,
      DisclosureOpener opener,
      TrainingSeal seal,
      WorkerExecutor worker,
      Clock clock) {
    this.vertx = vertx;
    this.vault = vault;
    this.opener = opener;
    this.seal = seal;
    this.worker = worker;
    this.clock = clock;
  }

  /** Somebody who is about to be counted. */
  private record Candidate(long person, Teacher teacher, Contribution contribution) {}

  /**
   * Counts everybody, unless it gets spoiled before.
   *
   * @param kept number of the generation that is served, which may have to forget them meanwhile
   */
  Future<Void> count(Generation into, OptionalLong kept) {
    var end = Promise.<Void>promise();
    step(into, kept, TrainingPage.START, MOST_TRIES, end);
    return end.future().onComplete(ended -> justCounted = Map.of());
  }

  /** Completes when it is known of everybody whether they are counted. */
  Future<Void> settled() {
    return settled;
  }

  /** Each step on a stack of its own: there are as many as pages. */
  private void step(
      Generation into, OptionalLong kept, String cursor, int tries, Promise<Void> end) {
    long begun = System.nanoTime();
    Future.succeededFuture(cursor)
        .compose(from -> page(into, kept, from))
        .onComplete(
            page -> {
              if (page.failed() && tries > 1) {
                vertx.setTimer(RETRY.toMillis(), later -> step(into, kept, cursor, tries - 1, end));
              } else if (page.failed()) {
                end.fail(page.cause());
              } else if (into.isSpoiled() || page.result().next().isEmpty()) {
                end.complete();
              } else {
                long rests = page.result().busy() ? RESTS : 0;
                long rest = TimeUnit.NANOSECONDS.toMillis(rests * (System.nanoTime() - begun));
                vertx.setTimer(
                    Math.max(1, Math.min(LONGEST_REST_MS, rest)),
                    rested -> step(into, kept, page.result().next().get(), MOST_TRIES, end));
              }
            });
  }

  private Future<TrainingPage> page(Generation into, OptionalLong kept, String cursor) {
    return vault
        .<TrainingPage>ask(
            new VaultRequest.DiscloseForTraining(cursor, clock.instant().plus(PATIENCE)))
        .compose(Training::done)
        .compose(
            page ->
                worker
                    .executeBlocking(() -> candidates(page.trainees(), into, kept), false)
                    .compose(candidates -> keep(into, candidates))
                    .map(counted -> page));
  }

  private Future<Void> keep(Generation into, List<Candidate> candidates) {
    var fresh =
        candidates.stream().filter(candidate -> !into.isSettled(candidate.person())).toList();
    if (fresh.isEmpty()) {
      return Future.succeededFuture();
    }
    var counted = Promise.<Void>promise();
    settled = counted.future();
    return Future.succeededFuture(fresh.stream().map(Candidate::contribution).toList())
        .compose(
            contributions ->
                vault.<List<Boolean>>ask(
                    new VaultRequest.KeepContributions(
                        contributions, clock.instant().plus(PATIENCE))))
        .compose(Training::done)
        .compose(
            kept -> {
              var teachers = counted(fresh, kept);
              justCounted = new HashMap<>();
              teachers.forEach((person, teacher) -> justCounted.put(person, teacher.counted()));
              justCountedIn = into.number();
              return into.add(teachers);
            })
        .onComplete(ended -> counted.complete());
  }

  private static Map<Long, Teacher> counted(List<Candidate> candidates, List<Boolean> kept) {
    var counted = new HashMap<Long, Teacher>();
    for (int i = 0; i < candidates.size(); i++) {
      if (kept.get(i)) {
        counted.put(candidates.get(i).person(), candidates.get(i).teacher());
      }
    }
    return counted;
  }

  /** Runs on the worker. */
  private List<Candidate> candidates(List<Trainee> trainees, Generation into, OptionalLong kept) {
    var candidates = new ArrayList<Candidate>();
    for (var trainee : trainees) {
      if (opener.open(trainee.disclosure()) instanceof Opened.Fields fields) {
        var cohort = into.cohort();
        var teacher = Teacher.of(fields.profile(), cohort.catalog(), cohort.titles());
        if (!teacher.counted().isEmpty()) {
          candidates.add(candidate(trainee, teacher, into.number(), kept));
        }
      }
    }
    return candidates;
  }

  private Candidate candidate(Trainee trainee, Teacher teacher, long number, OptionalLong kept) {
    var who = trainee.disclosure();
    var contributions = new TreeMap<>(opened(who.pseudonym(), who.life(), trainee.contribution()));
    contributions.keySet().removeIf(other -> kept.isEmpty() || other != kept.getAsLong());
    contributions.put(number, teacher.counted());
    return new Candidate(
        person(who.pseudonym(), who.life()),
        teacher,
        new Contribution(
            who.pseudonym(),
            who.life(),
            trainee.version(),
            seal.contribution(
                who.pseudonym(), who.life(), ContributionCodec.encode(contributions))));
  }

  /** What was counted of somebody who leaves; empty when that is not known. */
  Optional<Counted> counted(Unlearn asked, long person, long number) {
    var kept = opened(asked.pseudonym(), asked.life(), asked.contribution());
    return Optional.ofNullable(justCounted.get(person))
        .filter(just -> justCountedIn == number)
        .or(() -> Optional.ofNullable(kept.get(number)));
  }

  private Map<Long, Counted> opened(
      String pseudonym, long life, Optional<SealedForTraining> contribution) {
    return contribution
        .flatMap(text -> seal.contribution(pseudonym, life, text))
        .flatMap(ContributionCodec::decode)
        .orElse(Map.of());
  }

  /**
   * Stands for a life: 64 bits of a digest, so that a million lives take 60 MB. Of two that share
   * it, which is to be expected among four billion, only one is counted.
   */
  static long person(String pseudonym, long life) {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      return ByteBuffer.wrap(sha256.digest((pseudonym + " " + life).getBytes(UTF_8))).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static <T> Future<T> done(Outcome<T> outcome) {
    return outcome instanceof Outcome.Done<T> done
        ? Future.succeededFuture(done.value())
        : Future.failedFuture(
            new TrainingException("the vault answers " + ((Outcome.Refused<T>) outcome).reason()));
  }
}

package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.ChainsCheck;
import dev.lethe.gateway.app.DevIssuer;
import dev.lethe.gateway.app.FailedException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Kills an instance, its Redis or both at random moments under load, mostly while it rotates its
 * keys, starts it again, and looks for anything that was acknowledged and is not so. At the end the
 * ledger and the audit log must hold, and every rotation that was begun must come to its end.
 */
public final class CrashTest {
  private static final int PEOPLE = 64;
  private static final int IN_FLIGHT = 16;

  /** So often everybody is looked at, and not only who acted last and a few others. */
  private static final int CENSUS_EVERY = 100;

  /** Acknowledged before the clock of a round starts: a cold process would see next to no load. */
  private static final int WARM = 100;

  private static final String ROTATIONS = "/admin/v1/key-rotations";
  private static final int OK = 200;
  private static final int BEGUN = 202;
  private static final int RUNS_ALREADY = 409;
  private static final int EARLIEST_MILLIS = 50;
  private static final int LATEST_MILLIS = 2500;
  private static final Duration AFTER_REDIS = Duration.ofMillis(700);

  private enum Victim {
    INSTANCE,
    REDIS,
    BOTH
  }

  private final Stage stage;
  private final int rounds;
  private final Random random;
  private final Optional<Path> data;
  private final ChainsCheck chains;

  /**
   * @param seed of moments and victims
   * @param chains checks ledger and audit log
   * @param data an empty or missing folder to keep; without one a temporary folder is used
   */
  public CrashTest(Stage stage, int rounds, long seed, Optional<Path> data, ChainsCheck chains) {
    this.stage = stage;
    this.rounds = rounds;
    this.random = new Random(seed);
    this.data = data;
    this.chains = chains;
  }

  /**
   * Plays all rounds and prints the summary.
   *
   * @return whether nothing was lost
   */
  public boolean play() {
    try (var props = Stage.Props.in(data);
        var classes = ClassArchive.make();
        var crowd = new Crowd(IN_FLIGHT)) {
      var progress = Progress.watched(rounds, stage);
      var issuer = DevIssuer.open(props.folder(), stage.clock());
      var keys = issuer.token("crash-test", "admin:keys", Duration.ofHours(12));
      var people = new ArrayList<Witness>();
      var cast = List.<Witness>of();
      for (int round = 0; round < rounds; round++) {
        stage.err().println("round " + (round + 1) + " of " + rounds);
        try (var child = ChildInstance.start(props.folder(), classes)) {
          boolean everybody = round % CENSUS_EVERY == 0;
          progress.lost(lost(child, crowd, everybody ? people : some(people, cast)));
          int number = people.size();
          IntStream.range(number, number + PEOPLE).forEach(n -> people.add(witness(issuer, n)));
          cast = some(people.subList(0, number), people.subList(number, number + PEOPLE));
          act(child, crowd, cast, keys);
          progress.played(round + 1, people);
        }
      }
      int epochs;
      try (var child = ChildInstance.start(props.folder(), classes)) {
        progress.lost(lost(child, crowd, people));
        epochs = settled(child, keys);
        progress.lost(lost(child, crowd, people));
      }
      var fault = chains.check(props.folder()).fault();
      fault.ifPresent(broken -> stage.err().println(broken));
      progress.ended();
      long acknowledged = people.stream().mapToLong(Witness::acknowledged).sum();
      stage.out().println("rounds       " + rounds);
      stage.out().println("people       " + people.size());
      stage.out().println("acknowledged " + acknowledged);
      stage.out().println("epochs       " + epochs);
      stage.out().println("losses       " + progress.losses());
      stage.out().println("chains       " + (fault.isEmpty() ? "hold" : "broken"));
      return progress.losses() == 0 && acknowledged > 0 && fault.isEmpty();
    }
  }

  /** Somebody in any case, and a few of the others by chance. */
  private List<Witness> some(List<Witness> others, List<Witness> inAnyCase) {
    var some = new LinkedHashSet<>(inAnyCase);
    for (int i = 0; i < Math.min(PEOPLE, others.size()); i++) {
      some.add(others.get(random.nextInt(others.size())));
    }
    return List.copyOf(some);
  }

  private Witness witness(DevIssuer issuer, int number) {
    var scope = "profile:read profile:write consent rank erase";
    var token = issuer.token("crash-" + number, scope, Duration.ofHours(12));
    return new Witness(token, random.nextLong());
  }

  /** How much of what was acknowledged to some people is not so; says what. */
  private long lost(ChildInstance child, Crowd crowd, List<Witness> people) {
    try (var api = child.api()) {
      crowd.each(people, witness -> witness.check(api));
    }
    people.stream()
        .flatMap(witness -> witness.losses().stream())
        .forEach(loss -> stage.err().println("lost: " + loss));
    return people.stream().mapToLong(witness -> witness.losses().size()).sum();
  }

  /** Lets people act, during a rotation, until something is killed. */
  private void act(ChildInstance child, Crowd crowd, List<Witness> people, String keys) {
    var victim = Victim.values()[random.nextInt(Victim.values().length)];
    var moment =
        Duration.ofMillis(EARLIEST_MILLIS + random.nextInt(LATEST_MILLIS - EARLIEST_MILLIS));
    stage.err().println("  kills " + victim + " after " + moment.toMillis() + " ms");
    var over = new AtomicBoolean();
    var acknowledged = new AtomicLong();
    var killer = new Thread(() -> kill(child, victim, moment, acknowledged, over, keys), "killer");
    killer.start();
    try (var api = child.api()) {
      crowd.each(people, witness -> witness.act(api, over, acknowledged));
    }
    join(killer);
  }

  private static void kill(
      ChildInstance child,
      Victim victim,
      Duration moment,
      AtomicLong acknowledged,
      AtomicBoolean over,
      String keys) {
    try (var api = child.api()) {
      Patience.until("load", () -> acknowledged.get() >= WARM);
      // The one of the round before may still run.
      int status = api.admin("POST", ROTATIONS, keys).send().status();
      if (status != BEGUN && status != RUNS_ALREADY) {
        throw new FailedException("no rotation begins: " + status);
      }
      Patience.pause(moment);
      if (victim != Victim.INSTANCE) {
        child.killRedis();
      }
      if (victim == Victim.REDIS) {
        Patience.pause(AFTER_REDIS);
      } else {
        child.kill();
      }
    } finally {
      over.set(true);
    }
  }

  /** Waits until no rotation runs; answers how many epochs there were. */
  private static int settled(ChildInstance child, String keys) {
    try (var api = child.api()) {
      var last = new int[1];
      Patience.until(
          "the last rotation",
          () -> {
            var epochs = api.admin("GET", "/admin/v1/keys", keys).send().expect(OK).body();
            last[0] = epochs.at("/activeEpoch").asInt();
            for (var epoch : epochs.at("/epochs")) {
              if (epoch.at("/state").asText().equals("retiring")) {
                return false;
              }
            }
            return true;
          });
      return last[0];
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

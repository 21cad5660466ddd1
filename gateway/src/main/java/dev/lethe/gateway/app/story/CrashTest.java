package dev.lethe.gateway.app.story;

import dev.lethe.gateway.app.DevIssuer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/**
 * Kills an instance, its Redis or both at random moments under load, starts it again, and looks for
 * anything that was acknowledged and is not so.
 */
public final class CrashTest {
  private static final int PEOPLE = 64;
  private static final int IN_FLIGHT = 16;

  /** Acknowledged before the clock of a round starts: a cold process would see next to no load. */
  private static final int WARM = 100;

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

  /**
   * @param seed of moments and victims
   * @param data an empty or missing folder to keep; without one a temporary folder is used
   */
  public CrashTest(Stage stage, int rounds, long seed, Optional<Path> data) {
    this.stage = stage;
    this.rounds = rounds;
    this.random = new Random(seed);
    this.data = data;
  }

  /**
   * Plays all rounds and prints the summary.
   *
   * @return whether nothing was lost
   */
  public boolean play() {
    try (var props = Stage.Props.in(data);
        var crowd = new Crowd(IN_FLIGHT)) {
      var issuer = DevIssuer.open(props.folder(), stage.clock());
      var people = IntStream.range(0, PEOPLE * rounds).mapToObj(n -> witness(issuer, n)).toList();
      long losses = 0;
      for (int round = 0; round < rounds; round++) {
        losses += round(props.folder(), crowd, people.subList(0, PEOPLE * (round + 1)), round);
      }
      long acknowledged = people.stream().mapToLong(Witness::acknowledged).sum();
      stage.out().println("rounds       " + rounds);
      stage.out().println("people       " + people.size());
      stage.out().println("acknowledged " + acknowledged);
      stage.out().println("losses       " + losses);
      return losses == 0 && acknowledged > 0;
    }
  }

  private Witness witness(DevIssuer issuer, int number) {
    var scope = "profile:read profile:write consent rank erase";
    var token = issuer.token("crash-" + number, scope, Duration.ofHours(12));
    return new Witness(token, random.nextLong());
  }

  private long round(Path folder, Crowd crowd, List<Witness> people, int round) {
    var victim = Victim.values()[random.nextInt(Victim.values().length)];
    var moment =
        Duration.ofMillis(EARLIEST_MILLIS + random.nextInt(LATEST_MILLIS - EARLIEST_MILLIS));
    stage
        .err()
        .println("round " + (round + 1) + ": " + victim + " after " + moment.toMillis() + " ms");
    try (var child = ChildInstance.start(folder)) {
      var over = new AtomicBoolean();
      var acknowledged = new AtomicLong();
      var killer = new Thread(() -> kill(child, victim, moment, acknowledged, over), "killer");
      killer.start();
      try (var api = child.api()) {
        crowd.each(people, witness -> witness.act(api, over, acknowledged));
      }
      join(killer);
    }
    try (var child = ChildInstance.start(folder);
        var api = child.api()) {
      crowd.each(people, witness -> witness.check(api));
    }
    people.stream()
        .flatMap(witness -> witness.losses().stream())
        .forEach(loss -> stage.err().println("lost: " + loss));
    return people.stream().mapToLong(witness -> witness.losses().size()).sum();
  }

  private static void kill(
      ChildInstance child,
      Victim victim,
      Duration moment,
      AtomicLong acknowledged,
      AtomicBoolean over) {
    try {
      Patience.until("load", () -> acknowledged.get() >= WARM);
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

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Models;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.TrainingSeal;
import dev.lethe.vault.api.Unlearn;
import dev.lethe.vault.api.VaultClient;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.eventbus.Message;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from those who agreed to training, at the start and from time to time, and takes out of
 * what was learned who no longer agrees or is erased, before the vault destroys what is kept of
 * them. One of these for an installation.
 */
public final class TrainerVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(TrainerVerticle.class);
  private static final Duration LOOK_PACE = Duration.ofSeconds(10);
  private static final long MINUTES_AT_MOST = 30;

  private final VaultClient vault;
  private final DisclosureOpener opener;
  private final TrainingSeal seal;
  private final Models models;
  private final ModelFile file;
  private final TrainingRule rule;
  private final Runnable giveWay;
  private final Clock clock;
  private final TrainingSchedule schedule;
  private final Generations generations = new Generations();

  private Optional<Parts> parts = Optional.empty();
  private long lastNumber;
  private boolean training;

  /**
   * @param opener of disclosures for training
   * @param giveWay lowers the priority of the thread that calls it, which then learns
   */
  public TrainerVerticle(
      VaultClient vault,
      DisclosureOpener opener,
      TrainingSeal seal,
      Models models,
      ModelFile file,
      TrainingRule rule,
      Runnable giveWay,
      Clock clock) {
    if (opener.purpose() != Purpose.TRAINING) {
      throw new IllegalArgumentException("the trainer opens disclosures for training only");
    }
    this.vault = vault;
    this.opener = opener;
    this.seal = seal;
    this.models = models;
    this.file = file;
    this.rule = rule;
    this.giveWay = giveWay;
    this.clock = clock;
    this.schedule = new TrainingSchedule(rule.every(), clock);
  }

  private record Parts(
      WorkerExecutor learning, WorkerExecutor unlearning, ServedModel model, Training pass) {}

  @Override
  public Future<?> start() {
    var learning = worker("lethe-trainer");
    var unlearning = worker("lethe-unlearning");
    var model = new ServedModel(models, file, rule.trainer().minPeople(), clock);
    var all =
        new Parts(
            learning, unlearning, model, new Training(vertx, vault, opener, seal, learning, clock));
    return unlearning
        .executeBlocking(model::open, false)
        .recover(
            failure -> {
              tell("reading the model of before", failure);
              return Future.succeededFuture(0L);
            })
        .compose(
            number -> {
              lastNumber = number;
              if (number > 0) {
                generations.serveOld();
              }
              return vertx
                  .eventBus()
                  .<Unlearn>localConsumer(Unlearn.ADDRESS, message -> unlearn(message, all.pass()))
                  .completion();
            })
        .onSuccess(
            ready -> {
              parts = Optional.of(all);
              look();
            });
  }

  private WorkerExecutor worker(String name) {
    return vertx.createSharedWorkerExecutor(name, 1, MINUTES_AT_MOST, TimeUnit.MINUTES);
  }

  @Override
  public Future<?> stop() {
    var running = parts;
    parts = Optional.empty();
    return running.map(TrainerVerticle::keep).orElseGet(() -> Future.succeededFuture(false));
  }

  /** Now and then: whether it is time to learn, and whether what is served is kept. */
  private void look() {
    parts.ifPresent(
        running -> {
          vertx.setTimer(LOOK_PACE.toMillis(), later -> look());
          keep(running);
          if (!training && schedule.isDue(generations.isStale(models.catalogs().current()))) {
            train(running);
          }
        });
  }

  /** Never fails: without its copy a model is learned anew after the next start. */
  private static Future<Boolean> keep(Parts parts) {
    return parts
        .unlearning()
        .executeBlocking(
            () -> {
              parts.model().keep();
              return true;
            },
            false)
        .recover(
            failure -> {
              tell("writing the model", failure);
              return Future.succeededFuture(false);
            });
  }

  private void train(Parts parts) {
    training = true;
    schedule.begins();
    var begun = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    lastNumber = Math.max(lastNumber + 1, clock.millis());
    long number = lastNumber;
    var catalog = models.catalogs().current();
    parts
        .learning()
        .executeBlocking(
            () -> {
              giveWay.run(); // each time: it may be another thread by now
              return new Cohort(catalog, rule.titles(), rule.seed());
            },
            false)
        .map(
            cohort ->
                new Generation(
                    number, begun, cohort, parts.learning(), parts.unlearning(), parts.model()))
        .compose(generation -> train(generation, parts))
        .onComplete(
            ended -> {
              training = false;
              generations.end();
              if (ended.succeeded()) {
                schedule.succeeded(ended.result());
              } else {
                schedule.failed();
                this.parts.ifPresent(running -> tell("training", ended.cause())); // else stopped
              }
            });
  }

  /** Answers whether anything is served of it. */
  private Future<Boolean> train(Generation generation, Parts parts) {
    var served = generations.served();
    generations.begin(generation);
    return parts
        .pass()
        .count(generation, served)
        .compose(
            all -> {
              requireWhole(generation);
              generation.close();
              return parts
                  .learning()
                  .executeBlocking(
                      () -> rule.trainer().learn(generation.cohort(), name(generation)), false);
            })
        .compose(
            learned -> {
              requireWhole(generation);
              generations.serve();
              if (generation.people() > 0) {
                LOG.info(
                    "learned from {} people who agreed to training{}",
                    generation.people(),
                    learned.isPresent()
                        ? ": " + name(generation)
                        : ", too few to serve anything of it");
              }
              return generation.serve(learned).map(learned.isPresent());
            });
  }

  private static void requireWhole(Generation generation) {
    if (generation.isSpoiled()) {
      throw new TrainingException("somebody left of whom it is not known what was counted");
    }
  }

  private static String name(Generation generation) {
    return "viewers-" + Long.toString(generation.number(), 36);
  }

  /** Of what is not expected, class and place alone: a message might quote what it failed on. */
  private static void tell(String doing, Throwable failure) {
    var trace = failure.getStackTrace();
    LOG.warn(
        "{} failed: {}",
        doing,
        failure instanceof TrainingException
            ? failure.getMessage()
            : failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]));
  }

  private void unlearn(Message<Unlearn> message, Training pass) {
    pass.settled()
        .transform(settled -> generations.takeOut(message.body(), pass))
        .onComplete(
            out ->
                message.reply(
                    out.succeeded() && out.result()
                        ? Unlearn.Answer.GONE
                        : Unlearn.Answer.LEARNED_ANEW));
  }
}

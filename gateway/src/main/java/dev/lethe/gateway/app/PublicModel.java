package dev.lethe.gateway.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.model.Taught;
import dev.lethe.ranker.train.Cohort;
import dev.lethe.ranker.train.LearnedModel;
import dev.lethe.ranker.train.PublicRatings;
import dev.lethe.ranker.train.Taste;
import dev.lethe.ranker.train.Trainer;
import dev.lethe.ranker.train.UnreadableDataException;
import dev.lethe.vault.process.Niceness;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from a public file of ratings, on a thread of its own while the instance serves: at the
 * start, and anew once another catalogue is in force. Until then rankings are of the catalogue and
 * the profile, and of what was learned before about the titles that remain.
 *
 * <p>The file is read each time, so that nothing of it is held in between.
 */
final class PublicModel extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(PublicModel.class);

  private static final double L2 = 200;
  private static final int MIN_PEOPLE = 20;
  private static final long SEED = 1;
  private static final long MINUTES_AT_MOST = 10;

  /** Also how often a file is read, and a line logged, that cannot be learned from. */
  private static final Duration LOOK_PACE = Duration.ofMinutes(1);

  private final Path file;
  private final Models models;
  private final Duration pace;

  /** The digest of the catalogue that was learned about last, or was to be; the worker's alone. */
  private String about = "";

  private boolean stopped;

  PublicModel(Path file, Models models) {
    this(file, models, LOOK_PACE);
  }

  /**
   * @param pace how often to look whether another catalogue is in force
   */
  PublicModel(Path file, Models models, Duration pace) {
    this.file = file;
    this.models = models;
    this.pace = pace;
  }

  /** Fails when the file is no such file; learning from it goes on afterwards. */
  @Override
  public Future<?> start() {
    var worker =
        vertx.createSharedWorkerExecutor(
            "lethe-public-trainer", 1, MINUTES_AT_MOST, TimeUnit.MINUTES);
    return worker
        .executeBlocking(() -> PublicRatings.read(file), false)
        .onSuccess(
            people -> {
              on(worker, () -> learn(people));
              vertx.setPeriodic(pace.toMillis(), due -> on(worker, this::look));
            });
  }

  /** The timer and the worker end with the verticle. */
  @Override
  public Future<?> stop() {
    stopped = true;
    return Future.succeededFuture();
  }

  private void on(WorkerExecutor worker, Callable<Boolean> act) {
    worker.executeBlocking(act, false).onFailure(this::tell);
  }

  /** A file may be mended: it is read again. What fails at learning would fail again. */
  private void tell(Throwable failure) {
    if (stopped) {
      return;
    }
    if (failure instanceof UnreadableDataException) {
      LOG.warn("public ratings cannot be read, which is tried again: {}", failure.getMessage());
    } else {
      LOG.error(
          "learning from public ratings failed; the next catalogue is learned about", failure);
    }
  }

  /**
   * Learns when another catalogue is in force than was learned about, but not while viewers teach:
   * then nothing is ranked by it, and the heap has no room for a third model beside their two.
   * Blocks; one at a time.
   *
   * @return whether anything is served that was learned now
   */
  boolean look() throws IOException {
    return !models.servesAgreed()
        && !about.equals(models.catalogs().current().digest())
        && learn(PublicRatings.read(file));
  }

  private boolean learn(List<Taste> people) throws IOException {
    Niceness.lowerThisThread();
    var catalog = models.catalogs().current();
    about = catalog.digest();
    var taught =
        new Trainer(L2, MIN_PEOPLE)
            .learn(
                Cohort.of(people, catalog, Cohort.titles(Runtime.getRuntime().maxMemory()), SEED),
                "public-" + digest(catalog))
            .flatMap(LearnedModel::taught);
    models.servePublished(taught.orElse(Taught.NOTHING));
    taught.ifPresentOrElse(
        model ->
            LOG.info(
                "learned from the public ratings of {} people: {}, {}",
                people.size(),
                model.learned(),
                model.blend()),
        () -> LOG.warn("too few public ratings are of titles of the catalogue to learn from"));
    return taught.isPresent();
  }

  /** Names all that was learned from: the file and the catalogue that stood then. */
  private String digest(Catalog catalog) throws IOException {
    try {
      var sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(catalog.digest().getBytes(US_ASCII));
      try (var in = new DigestInputStream(Files.newInputStream(file), sha256)) {
        in.transferTo(OutputStream.nullOutputStream());
      }
      return HexFormat.of().formatHex(sha256.digest()).substring(0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

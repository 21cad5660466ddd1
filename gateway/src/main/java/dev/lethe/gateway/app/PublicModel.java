package dev.lethe.gateway.app;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.train.Cohort;
import dev.lethe.ranker.train.LearnedModel;
import dev.lethe.ranker.train.PublicRatings;
import dev.lethe.ranker.train.Taste;
import dev.lethe.ranker.train.Trainer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from a public file of ratings, on a thread of its own while the instance serves; until
 * then rankings are of the catalogue and the profile.
 */
final class PublicModel {
  private static final Logger LOG = LoggerFactory.getLogger(PublicModel.class);

  private static final double L2 = 200;
  private static final int MIN_PEOPLE = 20;
  private static final long SEED = 1;
  private static final long MINUTES_AT_MOST = 10;

  private final WorkerExecutor worker;
  private final Path file;
  private final Models models;

  PublicModel(Vertx vertx, Path file, Models models) {
    this.worker =
        vertx.createSharedWorkerExecutor(
            "lethe-public-trainer", 1, MINUTES_AT_MOST, TimeUnit.MINUTES);
    this.file = file;
    this.models = models;
  }

  /** What people published; fails when the file is no such file. */
  Future<List<Taste>> read() {
    return worker.executeBlocking(() -> PublicRatings.read(file));
  }

  /**
   * Learns, and ranks by it from then on. Once.
   *
   * @return whether there was enough to learn from; a failure is in the log
   */
  Future<Boolean> learn(List<Taste> people) {
    return worker
        .executeBlocking(() -> serve(people))
        .onFailure(failure -> LOG.error("learning from public ratings failed", failure))
        .onComplete(ended -> worker.close());
  }

  private boolean serve(List<Taste> people) throws IOException {
    var catalog = models.catalogs().current();
    var taught =
        new Trainer(L2, MIN_PEOPLE)
            .learn(
                Cohort.of(people, catalog, Cohort.titles(Runtime.getRuntime().maxMemory()), SEED),
                "public-" + digest(catalog))
            .flatMap(LearnedModel::taught);
    taught.ifPresentOrElse(
        model -> {
          models.servePublished(model);
          LOG.info(
              "learned from the public ratings of {} people: {}, {}",
              people.size(),
              model.learned(),
              model.blend());
        },
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

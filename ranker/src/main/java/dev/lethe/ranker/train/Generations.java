package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.vault.api.Unlearn;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The training that is served and the one under way: whoever leaves is to be taken out of both.
 * Confined to one event loop.
 */
final class Generations {
  private Optional<Generation> served = Optional.empty();
  private Optional<Generation> underWay = Optional.empty();

  /** What is served is of a training before the start: it is not known whom it counted. */
  private boolean ofOld;

  /** What is served is of a training before the start. */
  void serveOld() {
    ofOld = true;
  }

  /** People are counted in a training from now on. */
  void begin(Generation generation) {
    underWay = Optional.of(generation);
  }

  /** The training under way is the one that is served. */
  void serve() {
    served = underWay;
    underWay = Optional.empty();
    ofOld = false;
  }

  /** No training is under way any more. */
  void end() {
    underWay = Optional.empty();
  }

  /** Number of the training that is served; empty when it is of none since the start. */
  OptionalLong served() {
    return served
        .map(generation -> OptionalLong.of(generation.number()))
        .orElse(OptionalLong.empty());
  }

  /** Whether what is served is not what should be. */
  boolean isStale(Catalog catalog) {
    return served
        .filter(generation -> generation.isSpoiled() || generation.cohort().catalog() != catalog)
        .isPresent();
  }

  /** Whether somebody is in nothing that is served, or will be. */
  Future<Boolean> takeOut(Unlearn asked, Training pass) {
    long person = Training.person(asked.pseudonym(), asked.life());
    var out = new ArrayList<Future<Boolean>>();
    for (var generation : Stream.of(served, underWay).flatMap(Optional::stream).toList()) {
      out.add(generation.leave(person, pass.counted(asked, person, generation.number())));
    }
    out.add(Future.succeededFuture(!ofOld));
    return Future.all(out).map(all -> all.<Boolean>list().stream().allMatch(known -> known));
  }
}

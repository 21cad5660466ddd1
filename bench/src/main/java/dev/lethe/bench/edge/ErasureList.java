package dev.lethe.bench.edge;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** Pages of {@code GET /admin/v1/erasures}, and when the last of all erasures reached a stage. */
final class ErasureList {
  private final String stage;
  private int reached;
  private Optional<Instant> last = Optional.empty();

  /**
   * @param stage as the interface names it
   */
  ErasureList(String stage) {
    this.stage = stage;
  }

  /** Takes a page in; answers what to ask for the next one after, if there is one. */
  OptionalLong add(JsonObject page) {
    var erasures = page.getJsonArray("erasures");
    for (int i = 0; i < erasures.size(); i++) {
      var at =
          erasures.getJsonObject(i).getJsonObject("stages").getJsonObject(stage).getInstant("at");
      if (at != null) {
        reached++;
        last = last.filter(before -> before.isAfter(at)).or(() -> Optional.of(at));
      }
    }
    var next = page.getLong("next");
    return next == null ? OptionalLong.empty() : OptionalLong.of(next);
  }

  /** How many have reached the stage. */
  int reached() {
    return reached;
  }

  /** When the last of those did. */
  Optional<Instant> last() {
    return last;
  }
}

package dev.lethe.bench.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class ErasureListTest {
  private static final String PAGE =
      """
      {"erasures":[
        {"stages":{"inaccessible":{"by":null,"at":"2026-11-26T10:00:00.000Z"},
                   "purged":{"by":null,"at":"2026-11-26T10:00:%s.000Z"}}},
        {"stages":{"inaccessible":{"by":null,"at":"2026-11-26T10:00:00.000Z"},
                   "purged":{"by":"2026-11-26T11:00:00.000Z","at":null}}}],
       "next":%s}""";

  private final ErasureList list = new ErasureList("purged");

  @Test
  void theLastOfAllPagesCounts() {
    assertThat(list.add(page("07", "2"))).hasValue(2);
    assertThat(list.add(page("30", "4"))).hasValue(4);
    assertThat(list.add(page("12", "null"))).isEmpty();

    assertThat(list.last()).contains(Instant.parse("2026-11-26T10:00:30Z"));
  }

  @Test
  void whoHasNotReachedTheStageIsNotCounted() {
    list.add(page("07", "null"));

    assertThat(list.reached()).isEqualTo(1);
  }

  private static JsonObject page(String second, String next) {
    return new JsonObject(PAGE.formatted(second, next));
  }
}

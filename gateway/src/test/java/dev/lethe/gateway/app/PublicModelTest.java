package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.catalog.CatalogStore;
import dev.lethe.ranker.model.Models;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PublicModelTest {
  private static final int TITLES = 30;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();
  private Models models;

  @BeforeEach
  void titles() throws IOException {
    var titles = new StringBuilder();
    for (int title = 0; title < TITLES; title++) {
      titles.append("{\"id\":\"t-%d\",\"title\":\"T\",\"genres\":[\"G\"]}%n".formatted(title));
    }
    var file = Files.writeString(folder.resolve("titles.ndjson"), titles);
    models = new Models(CatalogStore.open(folder, Optional.of(file)));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void whatOthersPublishedIsRankedBy() throws Exception {
    var ratings = new StringBuilder();
    for (int person = 0; person < 200; person++) {
      for (int title = person % 3; title < TITLES; title += 3) {
        ratings.append("p%d\tt-%d\n".formatted(person, title));
      }
    }
    var model = model(ratings.toString());
    var before = models.current().version();

    assertThat(await(model.learn(await(model.read())))).isTrue();

    assertThat(models.current().version()).matches(Pattern.quote(before) + "\\+public-[0-9a-f]{8}");
  }

  @Test
  void tooFewChangeNothing() throws Exception {
    var model = model("p1\tt-1\np2\tt-1\n");
    var before = models.current();

    assertThat(await(model.learn(await(model.read())))).isFalse();

    assertThat(models.current()).isSameAs(before);
  }

  @Test
  void whatIsNoSuchFileIsSaidWithItsLine() throws Exception {
    var model = model("p1\tt-1\nnothing\n");

    assertThatThrownBy(() -> await(model.read()))
        .hasRootCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ratings.tsv, line 2");
  }

  private PublicModel model(String ratings) throws IOException {
    return new PublicModel(
        vertx, Files.writeString(folder.resolve("ratings.tsv"), ratings), models);
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get();
  }
}

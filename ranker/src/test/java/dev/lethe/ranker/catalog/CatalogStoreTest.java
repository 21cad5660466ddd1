package dev.lethe.ranker.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.ranker.api.CatalogVerdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CatalogStoreTest {
  private static final String ONE = "{\"id\":\"x-1\",\"title\":\"One\"}\n";

  @TempDir Path data;

  @Test
  void replacementIsInForceAtOnceAndAfterARestart() throws IOException {
    var configured = Files.writeString(data.resolve("mine.ndjson"), Catalogs.SMALL);
    var store = CatalogStore.open(data, Optional.of(configured));
    assertThat(store.current().size()).isEqualTo(8);

    var verdict = store.replace(Files.writeString(data.resolve("upload"), ONE));

    assertThat(verdict).isEqualTo(new CatalogVerdict.Accepted(1));
    assertThat(store.current().byId("x-1")).isPresent();
    assertThat(CatalogStore.open(data, Optional.of(configured)).current().byId("x-1")).isPresent();
  }

  @Test
  void faultyReplacementLeavesEverythingAsItWas() throws IOException {
    var store = CatalogStore.open(data, Optional.empty());
    store.replace(Files.writeString(data.resolve("upload"), ONE));

    var verdict = store.replace(Files.writeString(data.resolve("upload"), Catalogs.SMALL + "{}"));

    assertThat(verdict).isEqualTo(new CatalogVerdict.Rejected(9, "id is missing"));
    assertThat(store.current().size()).isEqualTo(1);
    try (var left = Files.list(data.resolve("catalog"))) {
      assertThat(left.map(file -> file.getFileName().toString())).containsExactly("catalog.ndjson");
    }
    assertThat(Files.readString(data.resolve("catalog/catalog.ndjson"))).isEqualTo(ONE);
  }

  @Test
  void faultyConfiguredFileIsNamedWithItsLine() throws IOException {
    var configured = Files.writeString(data.resolve("mine.ndjson"), ONE + "nonsense\n");

    assertThatThrownBy(() -> CatalogStore.open(data, Optional.of(configured)))
        .isInstanceOf(CatalogException.class)
        .hasMessage(configured + ", line 2: malformed JSON");
  }
}

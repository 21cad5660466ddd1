package dev.lethe.ranker.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.ranker.api.Title;
import dev.lethe.ranker.api.TitlePage;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CatalogTest {
  private final Catalog catalog = Catalogs.small();

  @Test
  void titlesStandByPopularityThenId() {
    assertThat(ids(catalog.find("", 100, Optional.empty())))
        .containsExactly("m-1", "m-2", "m-3", "m-4", "m-5", "m-6", "m-7", "m-8");
  }

  @Test
  void titleIsFoundWithoutItsAccentsAndLetterCase() {
    assertThat(ids(catalog.find("AMELIE", 10, Optional.empty()))).containsExactly("m-3");
    assertThat(ids(catalog.find("mél", 10, Optional.empty()))).containsExactly("m-3");
  }

  @Test
  void pagesFollowOneAnotherToTheEnd() {
    var first = catalog.find("the", 1, Optional.empty());
    assertThat(ids(first)).containsExactly("m-1");

    var second = catalog.find("the", 1, first.next());
    assertThat(ids(second)).containsExactly("m-6");
    assertThat(second.next()).isEmpty();
  }

  @Test
  void pageAfterAnUnknownTitleIsEmpty() {
    assertThat(catalog.find("", 10, Optional.of("gone")))
        .isEqualTo(new TitlePage(List.of(), Optional.empty()));
  }

  @Test
  void likenessIsThatOfVectorsOfLengthOne() {
    var features = catalog.features();

    double[] vector = new double[features.count()];
    features.add(0, 1, vector);

    assertThat(features.dot(0, vector)).isCloseTo(1, within());
    assertThat(features.dot(1, vector)).isBetween(0.1, 0.9);
    assertThat(features.dot(4, vector)).isZero();
    assertThat(features.genre("SCI-FI")).isEqualTo(features.genre("sci-fi")).isPresent();
  }

  @Test
  void wordCountsMostWhereItSaysMost() {
    assertThat(catalog.words().of("matrix").weight(0)).isEqualTo(1.0);
    assertThat(catalog.words().of("reeves").weight(0)).isEqualTo(0.8);
    assertThat(catalog.words().of("programmer").weight(0)).isEqualTo(0.4);
    assertThat(catalog.words().of("programmer").weight(1)).isZero();
  }

  private static org.assertj.core.data.Offset<Double> within() {
    return org.assertj.core.data.Offset.offset(1e-12);
  }

  private static List<String> ids(TitlePage page) {
    return page.titles().stream().map(Title::id).toList();
  }
}

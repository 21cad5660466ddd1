package dev.lethe.vault.redis;

import static dev.lethe.vault.redis.RedisFixture.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SubjectPassTest extends StoreInRedis {
  @Test
  void scanMeetsEverySubjectAndNothingElse() {
    var expected = new HashSet<Place>();
    for (var i = 0; i < 300; i++) {
      var pseudonym = "%043d".formatted(i);
      open(pseudonym, 1);
      await(store.accessLogs().append(pseudonym, 1, List.of(DIGEST)));
      expected.add(Place.of(pseudonym));
    }

    var met = new HashSet<Place>();
    var page = await(store.scan(ScanPage.START, 50));
    met.addAll(page.places());
    while (!page.last()) {
      page = await(store.scan(page.cursor(), 50));
      met.addAll(page.places());
    }

    assertThat(met).isEqualTo(expected);
    assertThat(await(store.subjects())).isEqualTo(300);
  }

  @Test
  void largeStoreIsEstimated() {
    for (var i = 0; i < 1_500; i++) {
      open("%043d".formatted(i), 1);
    }
    assertThat(await(store.subjects())).isBetween(1_400L, 1_600L);
  }

  @Test
  void epochsComeInOrder() {
    open("a".repeat(43), 3);
    open("b".repeat(43), 4);
    await(erase("b".repeat(43), 1, "e", 9));

    assertThat(await(store.epochs(places("b".repeat(43), P, "a".repeat(43)))))
        .containsExactly(OptionalInt.empty(), OptionalInt.empty(), OptionalInt.of(3));
  }

  private static List<Place> places(String... pseudonyms) {
    return Stream.of(pseudonyms).map(Place::of).toList();
  }
}

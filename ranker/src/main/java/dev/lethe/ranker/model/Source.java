package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.ranker.api.Title;
import dev.lethe.vault.api.Field;
import java.util.Optional;

/** What a summand of a score comes from. */
record Source(
    Optional<Field> field, Optional<String> item, Optional<String> title, Optional<String> value) {

  static Source of(Field field, String value) {
    return new Source(Optional.of(field), Optional.empty(), Optional.empty(), Optional.of(value));
  }

  static Source ofEverybody(String value) {
    return new Source(Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(value));
  }

  static Source ofWatched(Title title) {
    return new Source(
        Optional.of(Field.HISTORY),
        Optional.of(title.id()),
        Optional.of(title.title()),
        Optional.empty());
  }

  Ranking.Because because(double share) {
    return new Ranking.Because(field, item, title, value, share);
  }
}

package dev.lethe.ranker.model;

import dev.lethe.vault.api.Field;
import java.util.Optional;

/** One summand of a score and what it comes from. */
record Term(
    Optional<Field> field,
    Optional<String> item,
    Optional<String> title,
    Optional<String> value,
    double amount) {

  static Term of(Field field, String value, double amount) {
    return new Term(
        Optional.of(field), Optional.empty(), Optional.empty(), Optional.of(value), amount);
  }

  static Term ofEverybody(String value, double amount) {
    return new Term(
        Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(value), amount);
  }

  static Term ofWatched(String item, String title, double amount) {
    return new Term(
        Optional.of(Field.HISTORY),
        Optional.of(item),
        Optional.of(title),
        Optional.empty(),
        amount);
  }
}

package dev.lethe.vault.api;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The content of a document field. */
public sealed interface Document {
  /** The field that holds it. */
  Field field();

  /** Whether it says nothing; such a document counts as no data. */
  boolean isEmpty();

  /**
   * @param ageBand one of {@code under-18}, {@code 18-24}, {@code 25-34}, {@code 35-49}, {@code
   *     50-64}, {@code 65+}
   * @param region ISO 3166-1 alpha-2
   * @param language BCP 47
   */
  record Demographics(Optional<String> ageBand, Optional<String> region, Optional<String> language)
      implements Document {
    @Override
    public Field field() {
      return Field.DEMOGRAPHICS;
    }

    @Override
    public boolean isEmpty() {
      return ageBand.isEmpty() && region.isEmpty() && language.isEmpty();
    }

    @Override
    public String toString() {
      return "Demographics[hidden]";
    }
  }

  /**
   * @param genres weight -1..1 by genre, in the order given; letter case is kept and ignored in
   *     comparison
   * @param muted ids of titles never to be offered
   */
  record Preferences(Map<String, Double> genres, List<String> muted) implements Document {
    @Override
    public Field field() {
      return Field.PREFERENCES;
    }

    @Override
    public boolean isEmpty() {
      return genres.isEmpty() && muted.isEmpty();
    }

    @Override
    public String toString() {
      return "Preferences[hidden]";
    }
  }
}

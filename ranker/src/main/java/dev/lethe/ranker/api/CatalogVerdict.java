package dev.lethe.ranker.api;

/** Whether a catalogue was taken, whole. */
public sealed interface CatalogVerdict {
  record Accepted(int titles) implements CatalogVerdict {}

  /**
   * @param line counted from 1
   * @param fault what is wrong with it
   */
  record Rejected(int line, String fault) implements CatalogVerdict {}
}

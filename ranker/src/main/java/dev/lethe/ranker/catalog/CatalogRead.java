package dev.lethe.ranker.catalog;

/** What became of reading a catalogue: whole, or refused for its first fault. */
public sealed interface CatalogRead {
  record Whole(Catalog catalog) implements CatalogRead {}

  /**
   * @param line counted from 1
   * @param what is wrong with it
   */
  record CatalogFault(int line, String what) implements CatalogRead {}
}

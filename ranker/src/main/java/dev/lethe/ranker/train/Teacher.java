package dev.lethe.ranker.train;

import dev.lethe.ranker.catalog.Catalog;
import dev.lethe.ranker.model.WatchedTitles;
import dev.lethe.vault.api.Profile;

/**
 * Somebody who is learned from.
 *
 * @param counted of the profile
 * @param profile what they agreed to be learned from, or published
 */
record Teacher(Counted counted, Profile profile) {

  /** One of whom the first so many titles of a catalogue are counted. */
  static Teacher of(Profile profile, Catalog catalog, int titles) {
    return new Teacher(Counted.of(WatchedTitles.of(profile, catalog), titles), profile);
  }

  @Override
  public String toString() {
    return "Teacher[hidden]";
  }
}

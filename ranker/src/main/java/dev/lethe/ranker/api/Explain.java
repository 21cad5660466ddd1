package dev.lethe.ranker.api;

/** How much of a ranking is explained. */
public enum Explain {
  /** The order alone. */
  NOTHING,
  /** The terms of each score. */
  TERMS,
  /** The terms, the consent that allows them, and where each title would stand without a field. */
  FULL
}

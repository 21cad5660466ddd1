package dev.lethe.ranker.model;

/** What was learned, and how much it and everything else counts. */
public record Taught(Learned learned, Blend blend) {
  /** When nobody has been learned from. */
  public static final Taught NOTHING = new Taught(Learned.NOTHING, Blend.STANDARD);
}

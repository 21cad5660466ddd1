package dev.lethe.ranker.api;

import dev.lethe.vault.api.BusMessage;
import dev.lethe.vault.api.Caller;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * One message type for each thing that the ranker is asked to do; the answer is a {@link
 * dev.lethe.vault.api.Outcome}.
 */
public sealed interface RankerRequest extends BusMessage {
  /** The bus address of this type of request; each has one consumer. */
  default String address() {
    return addressOf(getClass());
  }

  static String addressOf(Class<? extends RankerRequest> type) {
    return "lethe.ranker." + type.getSimpleName();
  }

  /** After this instant nobody waits for the answer. */
  Instant deadline();

  /**
   * Ranks titles for a person. Answers {@link Ranking}; {@code TOKEN_REVOKED} when the vault says
   * so.
   *
   * @param candidates ids in the caller's order; empty means the whole catalogue
   * @param limit at most so many items, 1..200
   * @param profiling whether the vault may be asked about the person
   * @param receipt whether a receipt is wanted; there is none when the vault is away
   */
  record Rank(
      Caller caller,
      Optional<List<String>> candidates,
      int limit,
      Explain explain,
      boolean profiling,
      boolean receipt)
      implements RankerRequest {
    @Override
    public Instant deadline() {
      return caller().deadline();
    }
  }

  /** Answers {@link TitlePage}, by popularity then id. */
  record FindTitles(String query, int limit, Optional<String> after, Instant deadline)
      implements RankerRequest {}

  /** Answers {@link Title}. */
  record ReadTitle(String id, Instant deadline) implements RankerRequest {}

  /**
   * Replaces the catalogue for good with the lines of a file, which the ranker deletes afterwards.
   * Answers {@link CatalogVerdict}.
   *
   * @param file absolute path of an NDJSON file in the catalogue format
   */
  record ReplaceCatalog(String file, Instant deadline) implements RankerRequest {}
}

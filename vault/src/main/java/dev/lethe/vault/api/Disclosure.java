package dev.lethe.vault.api;

import java.util.List;

/**
 * The sealed grant for one purpose with the sealed segments and documents of the granted fields, as
 * they stand in Redis. Opened by {@link DisclosureOpener} with the purpose's epoch key.
 *
 * @param pseudonym of the subject
 * @param life of the subject that the blobs belong to
 * @param epoch that the grant is sealed under
 * @param retention applied by whoever opens it, to the events
 * @param consent the decision that allows it, for whoever has to give reasons; not sealed, and it
 *     says nothing of any other
 */
public record Disclosure(
    String pseudonym,
    long life,
    int epoch,
    Purpose purpose,
    byte[] grant,
    List<Sealed> sealed,
    RetentionRule retention,
    ConsentRef consent) {
  /**
   * One sealed blob.
   *
   * @param number of the segment; for a document its version
   */
  public record Sealed(Field field, long number, byte[] blob) {}

  @Override
  public String toString() {
    return "Disclosure[hidden]";
  }
}

package dev.lethe.vault.api;

import java.util.Set;

/**
 * Opens disclosures of one purpose. Made by the vault for a component that serves that purpose; it
 * reaches the epoch keys of no other.
 */
public interface DisclosureOpener {
  /** The purpose that it opens disclosures of. */
  Purpose purpose();

  /** Opens a disclosure, as far as it can be. Never throws for what it is given. */
  Opened open(Disclosure disclosure);

  /** What became of opening. */
  sealed interface Opened {
    /**
     * The profile, events past retention left out.
     *
     * @param unreadable granted fields of which something did not open; nothing of them is in the
     *     profile
     */
    record Fields(Profile profile, Set<Field> unreadable) implements Opened {}

    /** The grant's epoch has been destroyed meanwhile: ask the vault once more. */
    record EpochGone() implements Opened {}

    /** The grant itself does not open. */
    record Unreadable() implements Opened {}
  }
}

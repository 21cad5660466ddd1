package dev.lethe.vault.api;

/** What the vault says to a request for a disclosure that it could check. */
public sealed interface DisclosureAnswer {
  /** Consent was given and there is something to open. */
  record Disclosed(Disclosure disclosure) implements DisclosureAnswer {}

  /** The person is a stranger or has withheld consent: nothing is told apart. */
  record NoConsent() implements DisclosureAnswer {}

  /** There is consent, but the data is restricted: the owner alone may see it. */
  record Restricted() implements DisclosureAnswer {}

  /** There is consent, and no data in what it covers. */
  record NoData() implements DisclosureAnswer {}
}

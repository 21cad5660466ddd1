package dev.lethe.vault.api;

import java.util.Optional;
import java.util.stream.Stream;

/** What field keys are granted for. Each purpose has epoch keys of its own. */
public enum Purpose {
  /** The owner's own view and export; its grant holds every field key and the consent record. */
  SELF("self", false),
  /** Rank for me. */
  PERSONALIZATION("personalization", true),
  /** Learn from me for everybody. */
  TRAINING("training", true);

  private final String wireName;
  private final boolean consentable;

  Purpose(String wireName, boolean consentable) {
    this.wireName = wireName;
    this.consentable = consentable;
  }

  /** The name in the HTTP interface, in Redis and in associated data. */
  public String wireName() {
    return wireName;
  }

  /** Whether viewers decide about it. */
  public boolean consentable() {
    return consentable;
  }

  /** The purposes that viewers decide about. */
  public static Stream<Purpose> consentables() {
    return Stream.of(values()).filter(Purpose::consentable);
  }

  /** A purpose that viewers decide about, by name. */
  public static Optional<Purpose> ofConsentable(String name) {
    return consentables().filter(purpose -> purpose.wireName.equals(name)).findFirst();
  }
}

package dev.lethe.vault.api;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toUnmodifiableMap;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** What field keys are granted for. Each purpose has epoch keys of its own. */
public enum Purpose {
  /** The owner's own view and export; its grant holds every field key and the consent record. */
  SELF("self", "https://w3id.org/dpv#RightsFulfilment", false),
  /** Rank for me. */
  PERSONALIZATION(
      "personalization", "https://w3id.org/dpv#ProvidePersonalisedRecommendations", true),
  /** Learn from me for everybody. */
  TRAINING("training", "https://w3id.org/dpv#ImproveExistingProductsAndServices", true);

  private static final Map<String, Purpose> CONSENTABLE =
      consentables().collect(toUnmodifiableMap(Purpose::wireName, identity()));

  private final String wireName;
  private final String iri;
  private final boolean consentable;

  Purpose(String wireName, String iri, boolean consentable) {
    this.wireName = wireName;
    this.iri = iri;
    this.consentable = consentable;
  }

  /** The name in the HTTP interface, in Redis and in associated data. */
  public String wireName() {
    return wireName;
  }

  /** The concept of the W3C Data Privacy Vocabulary (https://w3id.org/dpv) that it is. */
  public String iri() {
    return iri;
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
    return Optional.ofNullable(CONSENTABLE.get(name));
  }
}

package dev.lethe.ranker.api;

import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Field;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Titles in order, best first; ties go by id.
 *
 * @param fieldsUsed the disclosed fields that hold data, in declared order
 * @param reason why it is not {@code FULL}
 * @param model version of catalogue and scoring that made it
 * @param unknown candidates that the catalogue lacks, in request order
 * @param consent the decision that allows the fields used; empty when none is
 * @param receipt of it, a JWS; empty unless asked for, and when there is none to be had
 */
public record Ranking(
    List<Item> items,
    Personalization personalization,
    List<Field> fieldsUsed,
    Optional<Reason> reason,
    String model,
    List<String> unknown,
    Optional<ConsentRef> consent,
    Optional<String> receipt) {
  /** One without a receipt. */
  public Ranking(
      List<Item> items,
      Personalization personalization,
      List<Field> fieldsUsed,
      Optional<Reason> reason,
      String model,
      List<String> unknown,
      Optional<ConsentRef> consent) {
    this(items, personalization, fieldsUsed, reason, model, unknown, consent, Optional.empty());
  }

  /** The same with its receipt. */
  public Ranking withReceipt(String signed) {
    return new Ranking(
        items, personalization, fieldsUsed, reason, model, unknown, consent, Optional.of(signed));
  }

  /** How much of what was consented to is in the order. */
  public enum Personalization {
    FULL("full"),
    PARTIAL("partial"),
    NONE("none");

    private final String wireName;

    Personalization(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * Why a ranking is partial or not personal at all. Of those for {@code NONE}, the first that
   * holds.
   */
  public enum Reason {
    OPTED_OUT("opted-out"),
    VAULT_UNAVAILABLE("vault-unavailable"),
    NO_CONSENT("no-consent"),
    RESTRICTED("restricted"),
    NO_DATA("no-data"),
    DEADLINE("deadline"),
    UNREADABLE("unreadable");

    private final String wireName;

    Reason(String wireName) {
      this.wireName = wireName;
    }

    public String wireName() {
      return wireName;
    }
  }

  /**
   * One title.
   *
   * @param score sum of its terms
   * @param because its terms, largest first; empty unless asked for
   * @param without by each field used, its place in the same request without that field, 1 for the
   *     best of all titles ranked, empty when it would not be ranked; no field unless asked for
   */
  public record Item(
      String id,
      String title,
      double score,
      List<Because> because,
      Map<Field, OptionalInt> without) {
    /** One without counterfactuals. */
    public Item(String id, String title, double score, List<Because> because) {
      this(id, title, score, because, Map.of());
    }

    /** The same with counterfactuals. */
    public Item standing(Map<Field, OptionalInt> places) {
      return new Item(id, title, score, because, places);
    }
  }

  /**
   * One term of a score.
   *
   * @param field that it comes from; empty for what is the same for everybody
   * @param item the watched title that it comes from, if one
   * @param title name of that title
   * @param value what matched otherwise, such as a genre
   * @param share term / sum of the terms' absolute values
   */
  public record Because(
      Optional<Field> field,
      Optional<String> item,
      Optional<String> title,
      Optional<String> value,
      double share) {}

  @Override
  public String toString() {
    return "Ranking[hidden]";
  }
}

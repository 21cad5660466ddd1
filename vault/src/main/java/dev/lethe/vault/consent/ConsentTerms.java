package dev.lethe.vault.consent;

import dev.lethe.vault.api.RetentionRule;

/**
 * What was in force when somebody decided, kept with the decision: a receipt made again later says
 * the same, whatever the settings are by then.
 *
 * @param controller who decides about the processing, as configured
 * @param retention of what the decision is about
 */
public record ConsentTerms(String controller, RetentionRule retention, Expression expression) {
  /** How the decision came to be. */
  public enum Expression {
    /** The person took it here. */
    EXPRESSED("expressed"),
    /** An administrator brought it along with an existing profile. */
    IMPORTED("imported");

    private final String wireName;

    Expression(String wireName) {
      this.wireName = wireName;
    }

    /** The name in receipts and in sealed texts. */
    public String wireName() {
      return wireName;
    }
  }
}

package dev.lethe.vault.consent;

import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.time.Instant;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The decisions of one person, as sealed in the {@code self} grant.
 *
 * @param version counts decisions; 0 when there was none
 * @param decisions only of purposes that were ever decided
 */
public record ConsentRecord(long version, Map<Purpose, Decision> decisions) {
  /** Nothing was ever decided. */
  public static final ConsentRecord NONE = new ConsentRecord(0, Map.of());

  /**
   * @param fields that may be used; empty after a withdrawal
   * @param version of the record that this decision made
   * @param terms in force then; empty for a decision that an earlier release stored
   * @param modelBy by when nothing is ranked by that was learned from what was withdrawn, to the
   *     millisecond; empty when that held at once, or an earlier release stored the decision
   */
  public record Decision(
      Set<Field> fields,
      long version,
      Instant at,
      Optional<ConsentTerms> terms,
      Optional<Instant> modelBy) {
    private Decision promise(Instant promised) {
      return new Decision(fields, version, at, terms, Optional.of(promised));
    }

    /** What names it elsewhere, as the one in force for a purpose. */
    public ConsentRef ref(Purpose purpose) {
      return new ConsentRef(purpose, version, at);
    }
  }

  /** The fields that may be used for a purpose. */
  public Set<Field> fields(Purpose purpose) {
    var decision = decisions.get(purpose);
    return decision == null ? Set.of() : decision.fields();
  }

  /** The record after one more decision, on the terms of the purpose's last one. */
  public ConsentRecord decide(Purpose purpose, Set<Field> fields, Instant at) {
    return decide(
        purpose, fields, at, Optional.ofNullable(decisions.get(purpose)).flatMap(Decision::terms));
  }

  /** The record after one more decision. */
  public ConsentRecord decide(
      Purpose purpose, Set<Field> fields, Instant at, Optional<ConsentTerms> terms) {
    var next = new EnumMap<Purpose, Decision>(Purpose.class);
    next.putAll(decisions);
    next.put(purpose, new Decision(copyOf(fields), version + 1, at, terms, Optional.empty()));
    return new ConsentRecord(version + 1, next);
  }

  /** The record with a promise in the decision about training, if that came after a version. */
  public ConsentRecord promise(long after, Instant modelBy) {
    var decision = decisions.get(Purpose.TRAINING);
    if (decision == null || decision.version() <= after) {
      return this;
    }
    var next = new EnumMap<Purpose, Decision>(decisions);
    next.put(Purpose.TRAINING, decision.promise(modelBy));
    return new ConsentRecord(version, next);
  }

  /** As shown to the person. */
  public Consents toConsents() {
    var purposes = new EnumMap<Purpose, Consents.Decision>(Purpose.class);
    Purpose.consentables()
        .forEach(
            purpose ->
                purposes.put(
                    purpose,
                    Optional.ofNullable(decisions.get(purpose))
                        .map(
                            decision ->
                                new Consents.Decision(
                                    decision.fields(), Optional.of(decision.at())))
                        .orElse(Consents.Decision.NONE)));
    return new Consents(version, purposes);
  }

  private static Set<Field> copyOf(Set<Field> fields) {
    return fields.isEmpty()
        ? Set.of()
        : java.util.Collections.unmodifiableSet(EnumSet.copyOf(fields));
  }
}

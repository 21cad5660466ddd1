package dev.lethe.vault.consent;

import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.Field;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * What the vault knows by itself of a ranking: what it disclosed for it.
 *
 * @param at when
 * @param fields of which something was handed out
 * @param consent the decision that allowed it; empty when nothing was handed out, whatever the
 *     reason
 */
public record RankingBasis(
    String pseudonym, Instant at, Set<Field> fields, Optional<ConsentRef> consent) {
  /** Of a person who was asked about, whether anything was handed out or not. */
  public static RankingBasis of(String pseudonym, Instant at, Optional<Disclosure> disclosure) {
    var fields = EnumSet.noneOf(Field.class);
    disclosure.ifPresent(given -> given.sealed().forEach(one -> fields.add(one.field())));
    return new RankingBasis(pseudonym, at, fields, disclosure.map(Disclosure::consent));
  }
}

package dev.lethe.vault.consent;

import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.RankingStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The claims of a receipt of a ranking. Those at the top and under {@code disclosed} are the
 * vault's own; those under {@code stated} are the ranker's, which the vault cannot check. Without
 * {@code disclosed} there is no {@code subject}: that nobody was asked about is stated, too.
 */
final class RankingReceipt {
  private RankingReceipt() {}

  /** The claims in their order. */
  static Map<String, Object> claims(
      String issuer, Instant at, Optional<RankingBasis> basis, RankingStatement stated) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("iss", issuer);
    claims.put("iat", at.getEpochSecond());
    claims.put("kind", "ranking");
    basis.ifPresent(
        known -> {
          claims.put("subject", known.pseudonym());
          claims.put("disclosed", disclosed(known));
        });
    claims.put("stated", stated(basis.isPresent(), stated));
    return claims;
  }

  private static Map<String, Object> disclosed(RankingBasis basis) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("at", ConsentReceipt.instant(basis.at()));
    claims.put("fields", names(basis.fields()));
    claims.put("consents", basis.consent().map(RankingReceipt::consent).stream().toList());
    return claims;
  }

  private static Map<String, Object> consent(ConsentRef decision) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("purpose", decision.purpose().wireName());
    claims.put("version", decision.version());
    claims.put("at", ConsentReceipt.instant(decision.at()));
    return claims;
  }

  private static Map<String, Object> stated(boolean vaultRead, RankingStatement stated) {
    var claims = new LinkedHashMap<String, Object>();
    claims.put("vaultRead", vaultRead);
    claims.put("personalization", stated.personalization());
    stated.reason().ifPresent(reason -> claims.put("reason", reason));
    claims.put("fieldsUsed", names(stated.fieldsUsed()));
    claims.put("model", stated.model());
    claims.put("digest", stated.digest());
    return claims;
  }

  private static List<String> names(Collection<Field> fields) {
    return fields.stream().sorted().map(Field::wireName).toList();
  }
}

package dev.lethe.vault.profile;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The content of the {@code self} grant: every field key, the consent record, and what else must
 * not be changed or rolled back unnoticed.
 *
 * @param accessKey seals the access log
 * @param profileVersion version of the subject when its data last changed; 0 when it never did
 * @param updatedAt when its data last changed
 * @param nextNumber the number of the next segment
 * @param segments everything that is stored, in order of arrival
 * @param grantVersions the version that each other grant in force has
 * @param seen number of the last entry of the ledger whose act is carried out in what is stored;
 *     empty in the formats before the third
 */
record SelfGrant(
    List<FieldKey> keys,
    KeyBytes accessKey,
    ConsentRecord consents,
    long profileVersion,
    Instant updatedAt,
    long nextNumber,
    List<Segment> segments,
    Map<Purpose, Long> grantVersions,
    OptionalLong seen) {

  /** The content of a life that just begins. */
  static SelfGrant begin(KeyBytes accessKey, long seen) {
    return new SelfGrant(
        List.of(),
        accessKey,
        ConsentRecord.NONE,
        0,
        Instant.EPOCH,
        1,
        List.of(),
        Map.of(),
        OptionalLong.of(seen));
  }

  @Override
  public String toString() {
    return "SelfGrant[hidden]";
  }
}

package dev.lethe.vault.profile;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last step of a revision: each purpose is granted exactly the needed keys of the fields
 * consented to, and {@code self} all of them.
 */
final class GrantSealing {
  private final OpenSubject base;
  private final SegmentStock stock;
  private final ConsentRecord consents;
  private final long version;
  private final int epoch;
  private final EpochKeys epochKeys;

  GrantSealing(
      OpenSubject base,
      SegmentStock stock,
      ConsentRecord consents,
      long version,
      int epoch,
      EpochKeys epochKeys) {
    this.base = base;
    this.stock = stock;
    this.consents = consents;
    this.version = version;
    this.epoch = epoch;
    this.epochKeys = epochKeys;
  }

  /**
   * @param seen number of the last entry of the ledger that is carried out in it
   */
  SealedRevision seal(long profileVersion, Instant updatedAt, long seen) {
    var set = new HashMap<>(stock.added());
    var remove = new HashSet<>(stock.removed());
    var keys = stock.neededKeys();
    var versions = new EnumMap<Purpose, Long>(Purpose.class);
    versions.putAll(base.self().grantVersions());
    Purpose.consentables()
        .forEach(
            purpose -> {
              if (consents.fields(purpose).isEmpty()) {
                if (versions.remove(purpose) != null) {
                  remove.add(OpenSubject.grantField(purpose));
                }
              } else if (!stands(purpose, keys)) {
                versions.put(purpose, version);
                set.put(
                    OpenSubject.grantField(purpose),
                    sealGrant(purpose, GrantCodec.encodeKeys(granted(consents, purpose, keys))));
              }
            });
    var self =
        new SelfGrant(
            keys,
            base.accessKey(),
            consents,
            profileVersion,
            updatedAt,
            stock.nextNumber(),
            stock.all(),
            versions,
            OptionalLong.of(seen));
    set.put(SealedSubject.SEEN, SealedSubject.seen(seen));
    set.put(OpenSubject.grantField(Purpose.SELF), sealGrant(Purpose.SELF, GrantCodec.encode(self)));
    return new SealedRevision(version, epoch, set, remove);
  }

  /** Whether the grant in force is of this epoch and has exactly these keys. */
  private boolean stands(Purpose purpose, List<FieldKey> keys) {
    return base.stored().epoch() == epoch
        && base.self().grantVersions().containsKey(purpose)
        && ids(granted(base.consents(), purpose, base.self().keys()))
            .equals(ids(granted(consents, purpose, keys)));
  }

  private static List<FieldKey> granted(
      ConsentRecord consents, Purpose purpose, Collection<FieldKey> keys) {
    var fields = consents.fields(purpose);
    return keys.stream().filter(key -> fields.contains(key.field())).toList();
  }

  private static Set<Integer> ids(List<FieldKey> keys) {
    return keys.stream().map(FieldKey::id).collect(Collectors.toSet());
  }

  private byte[] sealGrant(Purpose purpose, byte[] plaintext) {
    return base.sealer()
        .sealGrant(epochKey(purpose), purpose, base.subject(), epoch, version, plaintext);
  }

  private KeyBytes epochKey(Purpose purpose) {
    return epochKeys
        .key(epoch, purpose)
        .orElseThrow(
            () -> new IllegalStateException("epoch " + epoch + " is active and has no key"));
  }
}

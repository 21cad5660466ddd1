package dev.lethe.vault.profile;

import dev.lethe.vault.api.Purpose;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What a revision does to the stored subject, to be carried out as one.
 *
 * @param version the subject's version afterwards
 * @param epoch the epoch of all its grants afterwards
 * @param set blobs to store, by name of the hash field
 * @param remove names of hash fields to take out
 */
public record SealedRevision(long version, int epoch, Map<String, byte[]> set, Set<String> remove) {

  /** The same with a hash field more. */
  SealedRevision with(String name, byte[] blob) {
    var more = new HashMap<>(set);
    more.put(name, blob);
    return new SealedRevision(version, epoch, more, remove);
  }

  /** The same with a hash field taken out. */
  SealedRevision without(String name) {
    var more = new HashSet<>(remove);
    more.add(name);
    return new SealedRevision(version, epoch, set, more);
  }

  /** The same with no grant but {@code self}. */
  public SealedRevision toOwnerOnly() {
    var fewer = new HashMap<>(set);
    Purpose.consentables().forEach(purpose -> fewer.remove(OpenSubject.grantField(purpose)));
    return new SealedRevision(version, epoch, fewer, remove);
  }
}

package dev.lethe.vault.subject;

import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.SealedSubject;
import dev.lethe.vault.redis.StoredSubject;

/** From what Redis holds to what the core understands. */
final class Stored {
  private Stored() {}

  static SealedSubject sealedSubject(String pseudonym, StoredSubject stored) {
    var stamp = stored.stamp();
    return new SealedSubject(
        new SubjectLife(pseudonym, stamp.life()), stamp.ver(), stamp.epoch(), stored.fields());
  }

  static OpenSubject open(String pseudonym, StoredSubject stored, EpochKeys keys, Sealer sealer) {
    return OpenSubject.open(sealedSubject(pseudonym, stored), keys, sealer);
  }
}

package dev.lethe.bench.core;

import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureOpener;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.profile.GrantOpener;
import dev.lethe.vault.profile.OpenSubject;
import dev.lethe.vault.profile.Revision;
import dev.lethe.vault.profile.SealedSubject;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Sealing as the vault does it, and opening as the ranker does it. */
@State(Scope.Benchmark)
public class Sealing {
  private static final int EPOCH = 1;
  private static final int KIBIBYTE = 1_024;

  /** Events that arrive together and are sealed as one segment. */
  private static final int TOGETHER = 10;

  private final Clock clock = Clock.systemUTC();
  private final SecureRandom random = new SecureRandom();
  private final Sealer sealer = new Sealer(random);
  private final SubjectLife person = new SubjectLife("bench", 1);
  private final FieldKey fieldKey = sealer.newFieldKey(Field.HISTORY, 0, id -> false);
  private final byte[] segment = new byte[KIBIBYTE];
  private final DisclosureOpener opener;
  private final Disclosure disclosure;
  private final Disclosure grant;

  public Sealing() {
    var keys = epochKeys();
    opener = new GrantOpener(Purpose.PERSONALIZATION, keys, sealer, clock);
    disclosure = disclosure(keys);
    grant =
        new Disclosure(
            disclosure.pseudonym(),
            disclosure.life(),
            disclosure.epoch(),
            disclosure.purpose(),
            disclosure.grant(),
            List.of(),
            disclosure.retention(),
            disclosure.consent());
  }

  private EpochKeys epochKeys() {
    var keys = new EnumMap<Purpose, KeyBytes>(Purpose.class);
    for (var purpose : Purpose.values()) {
      keys.put(purpose, sealer.newKey());
    }
    return (epoch, purpose) -> Optional.ofNullable(keys.get(purpose));
  }

  /** What the vault answers about the viewer, who agreed to personalisation by history. */
  private Disclosure disclosure(EpochKeys keys) {
    var now = clock.instant();
    var revision =
        new Revision(OpenSubject.begin(person, 0, 0, sealer), 1, Viewer.RETENTION, now)
            .decide(Purpose.PERSONALIZATION, Set.of(Field.HISTORY), now);
    var watched = Viewer.watched(now);
    for (int from = 0; from < watched.size(); from += TOGETHER) {
      revision.append(Field.HISTORY, watched.subList(from, from + TOGETHER));
    }
    var stored = new SealedSubject(person, 1, EPOCH, revision.seal(EPOCH, keys, 0).set());
    return OpenSubject.open(stored, keys, sealer)
        .disclosure(Purpose.PERSONALIZATION, Viewer.RETENTION)
        .orElseThrow();
  }

  @Benchmark
  public byte[] sealSegmentOfOneKibibyte() {
    return sealer.sealSegment(fieldKey, person, 1, segment);
  }

  /** A disclosure of the grant and nothing that it opens. */
  @Benchmark
  public DisclosureOpener.Opened openGrant() {
    return opener.open(grant);
  }

  @Benchmark
  public DisclosureOpener.Opened openDisclosureOf200Events() {
    return opener.open(disclosure);
  }
}

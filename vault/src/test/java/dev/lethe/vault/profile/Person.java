package dev.lethe.vault.profile;

import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.UnaryOperator;

/** A person kept in memory as Redis would keep them, with epoch keys of their own. */
final class Person {
  static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  static final RetentionRule RETENTION = new RetentionRule(100, Duration.ofDays(365));
  static final Sealer SEALER = new Sealer(new SecureRandom());

  final SubjectLife life = new SubjectLife("pseudonym", 1);
  final Map<Integer, Map<Purpose, KeyBytes>> epochs = new HashMap<>();
  final EpochKeys keys =
      (epoch, purpose) -> Optional.ofNullable(epochs.get(epoch)).map(all -> all.get(purpose));
  int epoch;
  SealedSubject stored = new SealedSubject(life, 0, 0, Map.of());

  Person() {
    nextEpoch();
  }

  void nextEpoch() {
    epoch++;
    var all = new HashMap<Purpose, KeyBytes>();
    for (var purpose : Purpose.values()) {
      all.put(purpose, KeyBytes.random(new SecureRandom()));
    }
    epochs.put(epoch, all);
  }

  OpenSubject open() {
    return stored.version() == 0
        ? OpenSubject.begin(life, 0, 0, SEALER)
        : OpenSubject.open(stored, keys, SEALER);
  }

  Person change(UnaryOperator<Revision> change) {
    return store(change.apply(new Revision(open(), stored.version() + 1, RETENTION, NOW)));
  }

  Person store(Revision revision) {
    var sealed = revision.seal(epoch, keys, open().seen().orElseThrow());
    var blobs = new HashMap<>(stored.blobs());
    sealed.remove().forEach(blobs::remove);
    blobs.putAll(sealed.set());
    stored = new SealedSubject(life, sealed.version(), sealed.epoch(), blobs);
    return this;
  }

  GrantOpener opener(Purpose purpose) {
    return new GrantOpener(
        purpose, (n, asked) -> keys.key(n, purpose), SEALER, Clock.fixed(NOW, ZoneOffset.UTC));
  }

  static Event.Watched watched(String item, Instant at) {
    return new Event.Watched(item, at, OptionalDouble.of(0.5), OptionalDouble.empty());
  }

  static Event.Watched watched(String item, int daysAgo) {
    return watched(item, NOW.minus(Duration.ofDays(daysAgo)));
  }
}

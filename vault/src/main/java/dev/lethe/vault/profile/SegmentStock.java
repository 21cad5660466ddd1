package dev.lethe.vault.profile;

import dev.lethe.vault.api.Disclosure.Sealed;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.UnreadableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The segments and field keys of one person while they are being revised. */
final class SegmentStock {
  private final OpenSubject base;
  private final Map<Integer, FieldKey> keys = new HashMap<>();
  private final List<Segment> segments;
  private final Map<String, byte[]> added = new HashMap<>();
  private final Set<String> removed = new HashSet<>();
  private long nextNumber;

  SegmentStock(OpenSubject base) {
    this.base = base;
    this.segments = new ArrayList<>(base.self().segments());
    this.nextNumber = base.self().nextNumber();
    base.self().keys().forEach(key -> keys.put(key.id(), key));
  }

  /** What is stored, in order of arrival. */
  List<Segment> all() {
    return List.copyOf(segments);
  }

  /** What is stored of a field, in order of arrival. */
  List<Segment> of(Field field) {
    return segments.stream().filter(segment -> segment.field() == field).toList();
  }

  long nextNumber() {
    return nextNumber;
  }

  /** Blobs to store. */
  Map<String, byte[]> added() {
    return added;
  }

  /** Hash fields to take out. */
  Set<String> removed() {
    return removed;
  }

  /** The keys that a stored segment needs; no others are kept. */
  List<FieldKey> neededKeys() {
    return segments.stream().map(Segment::keyId).distinct().map(this::knownKey).toList();
  }

  /** The key that seals what arrives for a quarter: the one in use, or a new one. */
  FieldKey key(Field field, int quarter) {
    for (int i = segments.size() - 1; i >= 0; i--) {
      var segment = segments.get(i);
      if (segment.field() == field && segment.period() == quarter) {
        return knownKey(segment.keyId());
      }
    }
    return newKey(field, quarter);
  }

  private FieldKey knownKey(int id) {
    var key = keys.get(id);
    if (key == null) {
      throw new UnreadableException("no key for a stored segment");
    }
    return key;
  }

  FieldKey newKey(Field field, int quarter) {
    var key = base.sealer().newFieldKey(field, quarter, keys::containsKey);
    keys.put(key.id(), key);
    return key;
  }

  void add(FieldKey key, byte[] plaintext, int events) {
    var segment = new Segment(key.field(), nextNumber++, key.id(), key.period(), events);
    segments.add(segment);
    removed.remove(segment.hashField());
    added.put(
        segment.hashField(),
        base.sealer().sealSegment(key, base.subject(), segment.number(), plaintext));
  }

  void remove(Segment segment) {
    segments.remove(segment);
    if (added.remove(segment.hashField()) == null) {
      removed.add(segment.hashField());
    }
  }

  byte[] open(Segment segment) {
    return reader().open(sealed(segment));
  }

  List<? extends Event> events(Segment segment) {
    return reader().events(sealed(segment));
  }

  private ProfileReader reader() {
    return new ProfileReader(base.sealer(), base.subject(), keys.values());
  }

  private Sealed sealed(Segment segment) {
    var blob = added.get(segment.hashField());
    return blob == null
        ? base.sealed(segment)
        : new Sealed(segment.field(), segment.number(), blob);
  }
}

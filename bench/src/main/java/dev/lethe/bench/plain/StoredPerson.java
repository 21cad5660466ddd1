package dev.lethe.bench.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What is stored of a person. There is one version and one time for everything.
 *
 * @param hash as Redis holds it; empty of a stranger
 */
record StoredPerson(Map<String, byte[]> hash) {
  private static final String CONSENT = "consent.";

  /**
   * What forgetting events changes in the hash.
   *
   * @param changed segments, of which other events stay
   * @param emptied names of the segments of which nothing stays
   * @param events how many are forgotten
   */
  record Forgetting(Map<String, byte[]> changed, List<String> emptied, int events) {}

  long version() {
    return number(PlainStore.VERSION);
  }

  Instant updatedAt() {
    return Instant.ofEpochMilli(number(PlainStore.UPDATED_AT));
  }

  private long number(String name) {
    return Optional.ofNullable(hash.get(name))
        .map(digits -> Long.parseLong(new String(digits, UTF_8)))
        .orElse(0L);
  }

  /** The profile; empty when it has no data. */
  Optional<ProfileView> view() {
    var profile = StoredProfile.profile(hash);
    return profile.fieldsWithData().isEmpty()
        ? Optional.empty()
        : Optional.of(new ProfileView(profile, version(), updatedAt()));
  }

  /** The fields of the profile as a disclosure carries them, though nothing is sealed. */
  List<Disclosure.Sealed> fields() {
    var stored = new ArrayList<Disclosure.Sealed>();
    hash.forEach((name, json) -> field(name, json).ifPresent(stored::add));
    return stored;
  }

  private static Optional<Disclosure.Sealed> field(String name, byte[] json) {
    for (var field : Field.values()) {
      if (field.holdsEvents() && StoredProfile.isSegment(name, field)) {
        long number = Long.parseLong(name.substring(StoredProfile.segmentPrefix(field).length()));
        return Optional.of(new Disclosure.Sealed(field, number, json));
      }
      if (name.equals(field.wireName())) {
        return Optional.of(new Disclosure.Sealed(field, 0, json));
      }
    }
    return Optional.empty();
  }

  /** What is to be changed for events that a filter matches to be gone. */
  Forgetting forgetting(Field field, ForgetFilter filter) {
    Map<String, byte[]> changed = new HashMap<>();
    var emptied = new ArrayList<String>();
    int removed = 0;
    for (var segment : hash.entrySet()) {
      if (!StoredProfile.isSegment(segment.getKey(), field)) {
        continue;
      }
      var before = StoredProfile.events(segment.getValue());
      List<Event> after = before.stream().filter(event -> !filter.matches(event)).toList();
      removed += before.size() - after.size();
      if (after.isEmpty()) {
        emptied.add(segment.getKey());
      } else if (after.size() < before.size()) {
        changed.put(segment.getKey(), StoredProfile.events(after));
      }
    }
    return new Forgetting(changed, emptied, removed);
  }

  /** Name in the hash of what was decided about a purpose. */
  static String decisionName(Purpose purpose) {
    return CONSENT + purpose.wireName();
  }

  /** What stands there: names of the fields agreed to. */
  static byte[] decision(Set<Field> fields) {
    return fields.stream().map(Field::wireName).collect(Collectors.joining(",")).getBytes(UTF_8);
  }

  ConsentRef consent(Purpose purpose) {
    return new ConsentRef(purpose, version(), updatedAt());
  }

  Consents consents() {
    var updatedAt = updatedAt();
    var decisions = new EnumMap<Purpose, Consents.Decision>(Purpose.class);
    Purpose.consentables()
        .forEach(
            purpose ->
                decisions.put(
                    purpose,
                    Optional.ofNullable(hash.get(decisionName(purpose)))
                        .map(names -> new Consents.Decision(fields(names), Optional.of(updatedAt)))
                        .orElse(Consents.Decision.NONE)));
    return new Consents(version(), decisions);
  }

  private static Set<Field> fields(byte[] names) {
    var fields = new LinkedHashSet<Field>();
    for (var name : new String(names, UTF_8).split(",", -1)) {
      Field.ofWireName(name).ifPresent(fields::add);
    }
    return fields;
  }
}

package dev.lethe.bench.plain;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.lethe.bench.BenchException;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Profiles as JSON: an array for what arrived together, an object for a document. */
final class StoredProfile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ObjectReader EVENTS =
      JSON.readerFor(new TypeReference<List<StoredEvent>>() {});
  private static final ObjectReader PREFERENCES = JSON.readerFor(StoredPreferences.class);
  private static final Comparator<Event> NEWEST_FIRST = Comparator.comparing(Event::at).reversed();

  private record StoredPreferences(Map<String, Double> genres, List<String> muted) {}

  private StoredProfile() {}

  static byte[] events(List<? extends Event> events) {
    return bytes(events.stream().map(StoredEvent::of).toList());
  }

  static byte[] document(Document document) {
    if (document instanceof Document.Preferences preferences) {
      return bytes(new StoredPreferences(preferences.genres(), preferences.muted()));
    }
    throw new BenchException("of documents, preferences alone are stored");
  }

  static byte[] bytes(Object value) {
    try {
      return JSON.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new BenchException("JSON cannot be written", e);
    }
  }

  static List<Event> events(byte[] json) {
    try {
      return EVENTS.<List<StoredEvent>>readValue(json).stream().map(StoredEvent::event).toList();
    } catch (IOException e) {
      throw new BenchException("what is stored is no list of events", e);
    }
  }

  private static Document.Preferences preferences(byte[] json) {
    try {
      StoredPreferences stored = PREFERENCES.readValue(json);
      return new Document.Preferences(stored.genres(), stored.muted());
    } catch (IOException e) {
      throw new BenchException("what is stored is no document", e);
    }
  }

  /** Everything that is stored of a person, whatever else is in the hash. */
  static Profile profile(Map<String, byte[]> hash) {
    return new Profile(
        sorted(hash, Field.HISTORY, Event.Watched.class),
        sorted(hash, Field.SEARCHES, Event.Searched.class),
        Optional.empty(),
        Optional.ofNullable(hash.get(Field.PREFERENCES.wireName()))
            .map(StoredProfile::preferences));
  }

  /** Whether a field of the hash holds events of a field of the profile. */
  static boolean isSegment(String name, Field field) {
    return name.startsWith(segmentPrefix(field));
  }

  /** What the names of such fields begin with. */
  static String segmentPrefix(Field field) {
    return field.wireName() + ".";
  }

  private static <E extends Event> List<E> sorted(
      Map<String, byte[]> hash, Field field, Class<E> type) {
    var events = new ArrayList<E>();
    hash.forEach(
        (name, json) -> {
          if (isSegment(name, field)) {
            events(json).forEach(event -> events.add(type.cast(event)));
          }
        });
    events.sort(NEWEST_FIRST);
    return events;
  }
}

package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Field;
import java.util.Collections;
import java.util.HashSet;
import java.util.IllformedLocaleException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads a document. */
final class DocumentInput {
  private static final Set<String> AGE_BANDS =
      Set.of("under-18", "18-24", "25-34", "35-49", "50-64", "65+");
  private static final Set<String> REGIONS = Set.of(Locale.getISOCountries());
  private static final int MAX_LANGUAGE = 35;
  private static final int MAX_GENRES = 50;
  private static final int MAX_GENRE = 64;
  private static final int MAX_MUTED = 1_000;

  private DocumentInput() {}

  static Document read(Field field, JsonNode body) {
    return read(field, body, Place.BODY);
  }

  /**
   * @param place of the document in the body
   */
  static Document read(Field field, JsonNode body, Place place) {
    return field == Field.DEMOGRAPHICS ? demographics(body, place) : preferences(body, place);
  }

  private static Document demographics(JsonNode body, Place place) {
    var members = Members.of(body, place, "ageBand", "region", "language");
    var ageBand = members.text("ageBand", 16);
    if (ageBand.isPresent() && !AGE_BANDS.contains(ageBand.get())) {
      throw Members.fault(
          members.at("ageBand"), "must be under-18, 18-24, 25-34, 35-49, 50-64 or 65+");
    }
    var region = members.text("region", 8);
    if (region.isPresent() && !REGIONS.contains(region.get())) {
      throw Members.fault(members.at("region"), "must be a country of ISO 3166-1 alpha-2");
    }
    var language = members.text("language", MAX_LANGUAGE);
    if (language.isPresent() && !isLanguage(language.get())) {
      throw Members.fault(members.at("language"), "must be a language tag of BCP 47");
    }
    return new Document.Demographics(ageBand, region, language);
  }

  private static boolean isLanguage(String tag) {
    try {
      return !new Locale.Builder().setLanguageTag(tag).build().getLanguage().isEmpty();
    } catch (IllformedLocaleException notWellFormed) {
      return false;
    }
  }

  private static Document preferences(JsonNode body, Place place) {
    var members = Members.of(body, place, "genres", "muted");
    return new Document.Preferences(
        members.object("genres").map(node -> genres(node, members.at("genres"))).orElseGet(Map::of),
        members.distinct("muted", MAX_MUTED, Members::id).orElseGet(List::of));
  }

  private static Map<String, Double> genres(JsonNode node, Place place) {
    if (node.size() > MAX_GENRES) {
      throw Members.fault(place, "must have at most " + MAX_GENRES + " members");
    }
    var seen = new HashSet<String>();
    var genres = new LinkedHashMap<String, Double>();
    node.properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              int length = name.codePointCount(0, name.length());
              if (length < 1 || length > MAX_GENRE || !Members.isUnicode(name)) {
                throw Members.fault(place, "must be named by 1 to 64 characters each");
              }
              if (!seen.add(name.toLowerCase(Locale.ROOT))) {
                throw Members.fault(place, "must not name a genre twice, letter case ignored");
              }
              genres.put(
                  name,
                  Members.number(entry.getValue(), () -> "a weight in " + place.path(), -1, 1));
            });
    return Collections.unmodifiableMap(genres);
  }
}

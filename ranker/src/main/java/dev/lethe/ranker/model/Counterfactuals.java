package dev.lethe.ranker.model;

import dev.lethe.ranker.api.Ranking;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Where titles would stand in the same request without a field: one more ranking for each field
 * used, of the profile less that field.
 *
 * <p>Taking the field's terms from the scores would say something else. Recency is counted from the
 * newest event of history and searches together, so without one the other weighs more; titles that
 * were seen or muted come back, and push others down.
 */
public final class Counterfactuals {
  private Counterfactuals() {}

  /**
   * Says of each title where it would stand.
   *
   * @param profile that they were ranked for
   * @param candidates that they were ranked among
   */
  public static List<Ranking.Item> of(
      RankingModel model,
      Profile profile,
      Optional<List<String>> candidates,
      List<Ranking.Item> items) {
    var places = new EnumMap<Field, Map<String, Integer>>(Field.class);
    for (var field : profile.fieldsWithData()) {
      places.put(field, model.places(profile.without(field), candidates));
    }
    return items.stream().map(item -> item.standing(standing(item.id(), places))).toList();
  }

  private static Map<Field, OptionalInt> standing(
      String id, Map<Field, Map<String, Integer>> places) {
    var standing = new EnumMap<Field, OptionalInt>(Field.class);
    places.forEach(
        (field, place) -> {
          var found = place.get(id);
          standing.put(field, found == null ? OptionalInt.empty() : OptionalInt.of(found));
        });
    return standing;
  }
}

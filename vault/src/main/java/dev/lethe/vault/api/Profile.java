package dev.lethe.vault.api;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The opened fields of one person, or the part of them that was disclosed.
 *
 * @param history newest {@code at} first, ties latest arrival first
 * @param searches in the same order
 */
public record Profile(
    List<Event.Watched> history,
    List<Event.Searched> searches,
    Optional<Document.Demographics> demographics,
    Optional<Document.Preferences> preferences) {

  /** Nothing at all, as of a stranger. */
  public static final Profile EMPTY =
      new Profile(List.of(), List.of(), Optional.empty(), Optional.empty());

  /** The fields that hold data. */
  public Set<Field> fieldsWithData() {
    var fields = EnumSet.noneOf(Field.class);
    if (!history.isEmpty()) {
      fields.add(Field.HISTORY);
    }
    if (!searches.isEmpty()) {
      fields.add(Field.SEARCHES);
    }
    if (demographics.isPresent()) {
      fields.add(Field.DEMOGRAPHICS);
    }
    if (preferences.isPresent()) {
      fields.add(Field.PREFERENCES);
    }
    return fields;
  }

  /** The same without a field. */
  public Profile without(Field field) {
    return new Profile(
        field == Field.HISTORY ? List.of() : history,
        field == Field.SEARCHES ? List.of() : searches,
        field == Field.DEMOGRAPHICS ? Optional.empty() : demographics,
        field == Field.PREFERENCES ? Optional.empty() : preferences);
  }

  @Override
  public String toString() {
    return "Profile[hidden]";
  }
}

package dev.lethe.vault.api;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A person's profile as another system had it.
 *
 * @param history in order of arrival
 * @param searches in order of arrival
 * @param documents at most one for each document field
 * @param consents only of purposes that the person decided about there
 */
public record PersonImport(
    List<Event> history,
    List<Event> searches,
    List<Document> documents,
    Map<Purpose, Given> consents) {
  public PersonImport {
    history = List.copyOf(history);
    searches = List.copyOf(searches);
    documents = List.copyOf(documents);
    consents = Map.copyOf(consents);
  }

  /**
   * A decision taken there.
   *
   * @param at when, if that is known
   */
  public record Given(Set<Field> fields, Optional<Instant> at) {}

  /** What became of it. */
  public enum Result {
    /** It is stored. */
    IMPORTED,
    /** The same was imported before; nothing was changed now. */
    REPEATED,
    /** Something of the person is or was stored here, and appending was not asked for. */
    EXISTS,
    /** The person was erased here, and bringing them back was not asked for. */
    ERASED,
    /** What is stored of the person here is restricted. */
    RESTRICTED
  }

  /** The fields that it has data of. */
  public Set<Field> fieldsWithData() {
    var fields = EnumSet.noneOf(Field.class);
    if (!history.isEmpty()) {
      fields.add(Field.HISTORY);
    }
    if (!searches.isEmpty()) {
      fields.add(Field.SEARCHES);
    }
    documents.stream()
        .filter(document -> !document.isEmpty())
        .forEach(document -> fields.add(document.field()));
    return fields;
  }

  @Override
  public String toString() {
    return "PersonImport[hidden]";
  }
}

package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.PersonImport;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads one person of an import, by the rules that hold when people write themselves. */
public final class PersonInput {
  private static final int MAX_ISSUER = 2_048;
  private static final int MAX_SUBJECT = 256;

  private final EventInput events;

  /**
   * @param now when what has no time counts as having happened
   */
  public PersonInput(Instant now, RetentionRule retention) {
    this.events = new EventInput(now, retention);
  }

  /**
   * @param afterErasure whether the person is to come in although they were erased here
   * @param digest of the whole line
   */
  public record Line(
      Optional<String> issuer,
      String subject,
      PersonImport person,
      boolean afterErasure,
      String digest) {
    @Override
    public String toString() {
      return "Line[hidden]";
    }
  }

  /**
   * @throws ProblemException naming what is wrong, and no value
   */
  public Line read(Buffer text) {
    var members =
        Members.of(
            StrictJson.parse(text),
            Place.BODY,
            "iss",
            "sub",
            "profile",
            "consents",
            "afterErasure");
    var profile = members.object("profile").map(this::profile).orElseGet(List::of);
    var consents = members.object("consents").map(this::consents).orElseGet(Map::of);
    var person = person(profile, consents);
    if (person.fieldsWithData().isEmpty() && person.consents().isEmpty()) {
      throw Members.fault("the line", "has neither data nor consents");
    }
    return new Line(
        members.text("iss", MAX_ISSUER),
        members.requiredText("sub", MAX_SUBJECT),
        person,
        members.flag("afterErasure", false),
        Preconditions.sha256(text));
  }

  private static PersonImport person(
      List<Object> profile, Map<Purpose, PersonImport.Given> consents) {
    return new PersonImport(
        of(profile, Event.Watched.class),
        of(profile, Event.Searched.class),
        of(profile, Document.class),
        consents);
  }

  private static <T> List<T> of(List<Object> profile, Class<? extends T> type) {
    return profile.stream().filter(type::isInstance).<T>map(type::cast).toList();
  }

  /** Events and documents. */
  private List<Object> profile(JsonNode node) {
    var names = Stream.of(Field.values()).map(Field::wireName).toArray(String[]::new);
    var members = Members.of(node, Place.BODY.member("profile"), names);
    var all = new ArrayList<Object>();
    for (Field field : Field.values()) {
      if (field.holdsEvents()) {
        all.addAll(events.read(field, members));
      } else {
        members
            .object(field.wireName())
            .map(body -> DocumentInput.read(field, body, members.at(field.wireName())))
            .ifPresent(all::add);
      }
    }
    return all;
  }

  private Map<Purpose, PersonImport.Given> consents(JsonNode node) {
    var names = Purpose.consentables().map(Purpose::wireName).toArray(String[]::new);
    var members = Members.of(node, Place.BODY.member("consents"), names);
    var consents = new EnumMap<Purpose, PersonImport.Given>(Purpose.class);
    Purpose.consentables()
        .forEach(
            purpose ->
                Optional.ofNullable(node.get(purpose.wireName()))
                    .map(value -> given(members, purpose.wireName(), value))
                    .ifPresent(given -> consents.put(purpose, given)));
    return consents;
  }

  /** The fields alone, or with the time of the decision. */
  private PersonImport.Given given(Members purposes, String purpose, JsonNode value) {
    if (value.isArray()) {
      return new PersonImport.Given(fields(purposes, purpose), Optional.empty());
    }
    var members = Members.of(value, purposes.at(purpose), "fields", "at");
    return new PersonImport.Given(fields(members, "fields"), events.past(members));
  }

  private static EnumSet<Field> fields(Members members, String name) {
    var fields = EnumSet.noneOf(Field.class);
    fields.addAll(
        members
            .distinct(name, Field.values().length, ConsentEndpoints::field)
            .orElseThrow(() -> Members.fault(members.at(name), "is required")));
    return fields;
  }
}

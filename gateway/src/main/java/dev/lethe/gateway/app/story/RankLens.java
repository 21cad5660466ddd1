package dev.lethe.gateway.app.story;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lethe.gateway.app.FailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A RankLens events file (https://github.com/metarank/ranklens), read once, line by line.
 *
 * @param titles as the catalogue takes them, one JSON a line
 * @param people in the order of their names
 */
record RankLens(int titleCount, String titles, List<Person> people) {
  /** Somebody, with likes in the order of time and the lists of items that were shown. */
  record Person(String name, List<Like> likes, List<List<String>> shown) {}

  /** An item that was liked. */
  record Like(String item, Instant at) {}

  /**
   * Reads a file.
   *
   * @param now when the last event shall have happened; all others are shifted along
   * @param most people to take
   * @throws FailedException when it cannot be read or is no such file
   */
  static RankLens read(Path file, Instant now, Optional<Integer> most) {
    var reading = new Reading();
    try (var lines = Files.lines(file)) {
      lines.forEach(reading::line);
    } catch (IOException | UncheckedIOException e) {
      throw new FailedException(file + " cannot be read", e);
    }
    if (reading.items.isEmpty() || reading.people.isEmpty()) {
      throw new FailedException(file + " is not a RankLens events file");
    }
    long shift = now.toEpochMilli() - reading.last;
    return new RankLens(
        reading.items.size(),
        reading.titles(),
        reading.people.values().stream()
            .limit(most.orElse(Integer.MAX_VALUE))
            .map(person -> shifted(person, shift))
            .toList());
  }

  private static Person shifted(Person person, long millis) {
    return new Person(
        person.name(),
        person.likes().stream()
            .map(like -> new Like(like.item(), like.at().plusMillis(millis)))
            .sorted(Comparator.comparing(Like::at))
            .toList(),
        person.shown());
  }

  private static final class Reading {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<ObjectNode> items = new ArrayList<>();
    private final Map<String, Person> people = new TreeMap<>();
    private long last = Long.MIN_VALUE;
    private double mostPopular = Double.MIN_NORMAL;

    private void line(String line) {
      JsonNode event;
      try {
        event = JSON.readTree(line);
      } catch (JsonProcessingException e) {
        throw new FailedException("the file has a line that is not JSON", e);
      }
      switch (event.path("event").asText()) {
        case "item" -> item(event);
        case "ranking" -> ranking(event);
        case "interaction" -> interaction(event);
        default -> throw new FailedException("the file has an event of an unknown kind");
      }
    }

    private void item(JsonNode event) {
      var fields = new HashMap<String, JsonNode>();
      event
          .path("fields")
          .forEach(field -> fields.put(field.path("name").asText(), field.path("value")));
      var none = JSON.missingNode();
      var title = JSON.createObjectNode();
      title.put("id", id(event.path("item")));
      title.put("title", fields.getOrDefault("title", none).asText(event.path("item").asText()));
      long released = fields.getOrDefault("release_date", none).asLong(Long.MIN_VALUE);
      if (released != Long.MIN_VALUE) {
        title.put("year", Instant.ofEpochSecond(released).atOffset(ZoneOffset.UTC).getYear());
      }
      title.set("genres", array(fields.getOrDefault("genres", none)));
      title.set("tags", array(fields.getOrDefault("tags", none)));
      title.set("people", array(fields.getOrDefault("actors", none)));
      title.put("overview", fields.getOrDefault("description", none).asText());
      double popularity = fields.getOrDefault("popularity", none).asDouble(0);
      mostPopular = Math.max(mostPopular, popularity);
      title.put("popularity", popularity);
      items.add(title);
    }

    private static JsonNode array(JsonNode values) {
      return values.isArray() ? values : JSON.createArrayNode();
    }

    private void ranking(JsonNode event) {
      var shown = new ArrayList<String>();
      event.path("items").forEach(item -> shown.add(id(item.path("id"))));
      person(event).shown().add(shown);
    }

    private void interaction(JsonNode event) {
      long at = event.path("timestamp").asLong();
      last = Math.max(last, at);
      person(event).likes().add(new Like(id(event.path("item")), Instant.ofEpochMilli(at)));
    }

    private Person person(JsonNode event) {
      String name =
          event.path("user").isTextual()
              ? event.path("user").asText()
              : event.path("session").asText();
      return people.computeIfAbsent(
          name, person -> new Person(person, new ArrayList<>(), new ArrayList<>()));
    }

    private static String id(JsonNode item) {
      return "m-" + item.asText();
    }

    private String titles() {
      var text = new StringBuilder();
      for (var title : items) {
        title.put("popularity", title.path("popularity").asDouble() / mostPopular);
        text.append(title).append('\n');
      }
      return text.toString();
    }
  }
}

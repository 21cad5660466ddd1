package dev.lethe.ranker.eval;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lethe.ranker.train.UnreadableDataException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A RankLens events file (https://github.com/metarank/ranklens), read once, line by line.
 *
 * @param titles as a catalogue file has them, one JSON a line; ids are {@code m-} and the number
 * @param shown in the order of the file
 */
public record RankLens(int titleCount, String titles, List<Shown> shown) {
  /** A list that somebody was shown, and what they liked of it. */
  public record Shown(String person, Instant at, List<String> items, List<Like> likes) {}

  /** An item that was liked. */
  public record Like(String item, Instant at) {}

  /**
   * Reads a file. Blocks.
   *
   * @throws UnreadableDataException when it cannot be read or is no such file
   */
  public static RankLens read(Path file) {
    var reading = new Reading(file);
    try (var lines = Files.lines(file)) {
      lines.forEach(reading::line);
    } catch (IOException | UncheckedIOException e) {
      throw new UnreadableDataException(file + " cannot be read", e);
    }
    if (reading.items.isEmpty() || reading.shown.isEmpty()) {
      throw new UnreadableDataException(file + " is not a RankLens events file");
    }
    if (!reading.shown.keySet().containsAll(reading.likes.keySet())) {
      throw new UnreadableDataException(file + " has likes of lists that were not shown");
    }
    reading.shown.values().forEach(list -> list.items().forEach(reading::addBare));
    return new RankLens(
        reading.items.size(), reading.titles(), List.copyOf(reading.shown.values()));
  }

  @Override
  public String toString() {
    return "RankLens[" + titleCount + " titles, " + shown.size() + " lists]";
  }

  private static final class Reading {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path file;
    private final Map<String, ObjectNode> items = new LinkedHashMap<>();

    // By the id of the list that was shown.
    private final Map<String, Shown> shown = new LinkedHashMap<>();
    private final Map<String, List<Like>> likes = new HashMap<>();

    private double mostPopular = Double.MIN_NORMAL;

    Reading(Path file) {
      this.file = file;
    }

    private void line(String line) {
      JsonNode event;
      try {
        event = JSON.readTree(line);
      } catch (JsonProcessingException e) {
        throw new UnreadableDataException(file + " has a line that is not JSON", e);
      }
      switch (event.path("event").asText()) {
        case "item" -> item(event);
        case "ranking" -> ranking(event);
        case "interaction" -> interaction(event);
        default -> throw new UnreadableDataException(file + " has an event of an unknown kind");
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
      // Votes say how many know a title; the logarithm, that the first thousand say most.
      double popularity = Math.log1p(fields.getOrDefault("vote_cnt", none).asDouble(0));
      mostPopular = Math.max(mostPopular, popularity);
      title.put("popularity", popularity);
      items.put(title.path("id").asText(), title);
    }

    /** A few titles are shown that nothing is said about. */
    private void addBare(String id) {
      items.computeIfAbsent(
          id, missing -> JSON.createObjectNode().put("id", missing).put("title", missing));
    }

    private static JsonNode array(JsonNode values) {
      return values.isArray() ? values : JSON.createArrayNode();
    }

    private void ranking(JsonNode event) {
      var listed = new ArrayList<String>();
      event.path("items").forEach(item -> listed.add(id(item.path("id"))));
      var list = event.path("id").asText();
      shown.put(
          list,
          new Shown(
              event.path(event.path("user").isTextual() ? "user" : "session").asText(),
              at(event),
              List.copyOf(listed),
              likes.computeIfAbsent(list, first -> new ArrayList<>())));
    }

    private void interaction(JsonNode event) {
      likes
          .computeIfAbsent(event.path("ranking").asText(), first -> new ArrayList<>())
          .add(new Like(id(event.path("item")), at(event)));
    }

    private static Instant at(JsonNode event) {
      return Instant.ofEpochMilli(event.path("timestamp").asLong());
    }

    private static String id(JsonNode item) {
      return "m-" + item.asText();
    }

    private String titles() {
      var text = new StringBuilder();
      for (var title : items.values()) {
        title.put("popularity", title.path("popularity").asDouble() / mostPopular);
        text.append(title).append('\n');
      }
      return text.toString();
    }
  }
}

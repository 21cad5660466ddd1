package dev.lethe.gateway.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** One of the entries of a list in the configuration file, which says what is wrong and where. */
final class ListEntry {
  private final String file;
  private final String place;
  private final Path folder;
  private final JsonNode node;

  private ListEntry(String file, String place, Path folder, JsonNode node) {
    this.file = file;
    this.place = place;
    this.folder = folder;
    this.node = node;
  }

  /**
   * Reads a list; empty when there is none.
   *
   * @param keys that an entry may have
   * @param nameKey the key of an entry's name, which no two share
   * @throws UsageException naming what is wrong
   */
  static <T> List<T> each(
      Values values,
      String setting,
      Set<String> keys,
      String nameKey,
      Function<T, String> name,
      Function<ListEntry, T> read) {
    if (values.list(setting).isEmpty()) {
      return List.of();
    }
    JsonNode list = values.list(setting).get();
    if (!list.isArray()) {
      throw new UsageException(values.fileName() + ": " + setting + ": must be a list");
    }
    var all = new ArrayList<T>();
    var names = new HashSet<String>();
    for (int i = 0; i < list.size(); i++) {
      var entry =
          new ListEntry(
              values.fileName(), setting + "[" + i + "]", values.fileFolder(), list.get(i));
      entry.requireKnown(keys);
      var one = read.apply(entry);
      if (!names.add(name.apply(one))) {
        throw entry.wrong(nameKey, "stands in the list twice");
      }
      all.add(one);
    }
    return List.copyOf(all);
  }

  private void requireKnown(Set<String> keys) {
    if (!node.isObject()) {
      throw wrong("must hold keys");
    }
    for (var member : node.properties()) {
      if (!keys.contains(member.getKey())) {
        throw new UsageException(file + ": unknown key " + place + "." + member.getKey());
      }
    }
  }

  /** What stands under a key; empty when nothing does. */
  Optional<JsonNode> value(String key) {
    return Optional.of(node.path(key)).filter(value -> !value.isMissingNode() && !value.isNull());
  }

  Optional<String> text(String key) {
    return value(key)
        .map(
            value -> {
              if (!value.isTextual() || value.asText().isBlank()) {
                throw wrong(key, "must be a text");
              }
              return value.asText();
            });
  }

  String required(String key) {
    return text(key).orElseThrow(() -> wrong(key, "is missing"));
  }

  /** A file that can be read, as seen from the folder of the configuration file. */
  Optional<Path> file(String key) {
    return text(key)
        .map(
            text -> {
              try {
                return Parsers.readableFile(text, folder);
              } catch (IllegalArgumentException e) {
                throw wrong(key, String.valueOf(e.getMessage()));
              }
            });
  }

  UsageException wrong(String key, String what) {
    return new UsageException(file + ": " + place + "." + key + ": " + what);
  }

  UsageException wrong(String what) {
    return new UsageException(file + ": " + place + ": " + what);
  }
}

package dev.lethe.gateway.app.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A configuration file, read into one text for each key.
 *
 * @param name as messages show it
 * @param folder that relative paths in it start from
 * @param texts by key; keys that are null are left out
 * @param lists by key, the same
 */
record YamlFile(String name, Path folder, Map<String, String> texts, Map<String, JsonNode> lists) {
  static final YamlFile EMPTY =
      new YamlFile("no file", Path.of("").toAbsolutePath(), Map.of(), Map.of());

  private static final ObjectMapper YAML =
      YAMLMapper.builder(
              YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  /**
   * @throws UsageException for a file that cannot be read, is not YAML, or has a key twice or one
   *     that nothing knows
   */
  static YamlFile read(String text, Path workingFolder) {
    Path path = workingFolder.resolve(text).toAbsolutePath().normalize();
    JsonNode root;
    try {
      root = YAML.readTree(Files.readString(path));
    } catch (JsonProcessingException e) {
      var where = Optional.ofNullable(e.getLocation());
      throw new UsageException(
          text
              + where.map(at -> ", line " + at.getLineNr()).orElse("")
              + ": "
              + e.getOriginalMessage().lines().findFirst().orElse("not YAML"));
    } catch (CharacterCodingException e) {
      throw new UsageException(text + ": not UTF-8");
    } catch (IOException e) {
      throw new UsageException("no readable file at " + path);
    }
    var file = new Reading(text);
    if (!root.isMissingNode() && !root.isNull()) {
      file.walk("", root);
    }
    return new YamlFile(
        text,
        Optional.ofNullable(path.getParent()).orElse(path),
        Map.copyOf(file.texts),
        Map.copyOf(file.lists));
  }

  Optional<String> text(String key) {
    return Optional.ofNullable(texts.get(key));
  }

  Optional<JsonNode> list(String key) {
    return Optional.ofNullable(lists.get(key));
  }

  private static final class Reading {
    private static final Set<String> KEYS =
        Settings.all().map(Setting::key).collect(Collectors.toUnmodifiableSet());

    private final String name;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, JsonNode> lists = new HashMap<>();

    Reading(String name) {
      this.name = name;
    }

    private void walk(String key, JsonNode node) {
      if (InstanceSettings.LISTS.contains(key)) {
        if (!node.isNull()) {
          lists.put(key, node);
        }
      } else if (KEYS.contains(key)) {
        if (!node.isValueNode()) {
          throw new UsageException(name + ": " + key + ": must be a single value");
        }
        if (!node.isNull()) {
          texts.put(key, node.asText());
        }
      } else if (isPrefix(key)) {
        if (!node.isObject()) {
          throw new UsageException(
              name + ": " + (key.isEmpty() ? "" : key + ": ") + "must hold keys");
        }
        node.properties()
            .forEach(
                member ->
                    walk(
                        key.isEmpty() ? member.getKey() : key + "." + member.getKey(),
                        member.getValue()));
      } else {
        throw new UsageException(name + ": unknown key " + key);
      }
    }

    private static boolean isPrefix(String key) {
      return key.isEmpty()
          || InstanceSettings.LISTS.stream().anyMatch(known -> known.startsWith(key + "."))
          || KEYS.stream().anyMatch(known -> known.startsWith(key + "."));
    }
  }
}

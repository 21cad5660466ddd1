package dev.lethe.vault.proof;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a manifest of a multi-part append-only file lists (Redis 7: one line for each file, names
 * and values in turn).
 *
 * @param parts names of files in the folder of the manifest, in its order
 */
record AofManifest(List<String> parts) {
  /** Replaced and about to be deleted, what a rewrite wrote, what came after it. */
  private static final Set<String> TYPES = Set.of("h", "b", "i");

  /** A word, or one in quotes as Redis writes names that hold spaces. */
  private static final Pattern WORD =
      Pattern.compile("\\G\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s\"]+))");

  private static final Pattern ESCAPE = Pattern.compile("\\\\([\"\\\\])");

  static AofManifest read(Path file) throws IOException {
    var parts = new ArrayList<String>();
    int number = 0;
    for (var line : Files.readAllLines(file, UTF_8)) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        parts.add(part(line, file + " line " + number));
      }
    }
    return new AofManifest(List.copyOf(parts));
  }

  private static String part(String line, String where) throws AofFormatException {
    var values = values(line, where);
    var name = values.getOrDefault("file", "");
    if (name.isEmpty()
        || !TYPES.contains(values.getOrDefault("type", ""))
        || !values.containsKey("seq")) {
      throw new AofFormatException(where + " does not name a file, its number and its type");
    }
    if (name.contains("/") || name.contains("\\") || name.equals("..")) {
      throw new AofFormatException(where + " names a file outside its folder");
    }
    return name;
  }

  private static Map<String, String> values(String line, String where) throws AofFormatException {
    var words = new ArrayList<String>();
    var matcher = WORD.matcher(line.strip());
    int end = 0;
    while (matcher.find()) {
      var quoted = matcher.group(1);
      words.add(quoted == null ? matcher.group(2) : ESCAPE.matcher(quoted).replaceAll("$1"));
      end = matcher.end();
    }
    if (end != line.strip().length() || words.size() % 2 != 0) {
      throw new AofFormatException(where + " is not a line of a manifest");
    }
    var values = new HashMap<String, String>();
    for (int i = 0; i < words.size(); i += 2) {
      values.put(words.get(i), words.get(i + 1));
    }
    return values;
  }
}

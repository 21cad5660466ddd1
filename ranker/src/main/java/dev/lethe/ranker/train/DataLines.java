package dev.lethe.ranker.train;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Files of one record a line, fields between separators. Bytes are taken as they are: names need
 * only be the same or not, and older data sets are not UTF-8.
 */
public final class DataLines {
  private DataLines() {}

  /** Hands over the fields of each line that is not blank; a consumer refuses by throwing. */
  public static void read(Path file, String separator, int minFields, Consumer<List<String>> each) {
    long number = 0;
    try (var lines = Files.newBufferedReader(file, ISO_8859_1)) {
      for (var line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        var fields = fields(line, separator);
        if (fields.size() < minFields) {
          throw new IllegalArgumentException("has fewer than " + minFields + " fields");
        }
        each.accept(fields);
      }
    } catch (IOException e) {
      throw new UnreadableDataException(file + " cannot be read", e);
    } catch (NumberFormatException e) {
      throw new UnreadableDataException(file + ", line " + number + ": not a number", e);
    } catch (IllegalArgumentException e) {
      throw new UnreadableDataException(file + ", line " + number + ": " + e.getMessage(), e);
    }
  }

  private static List<String> fields(String line, String separator) {
    var fields = new ArrayList<String>();
    int from = 0;
    for (int to = line.indexOf(separator); to >= 0; to = line.indexOf(separator, from)) {
      fields.add(line.substring(from, to));
      from = to + separator.length();
    }
    fields.add(line.substring(from));
    return fields;
  }
}

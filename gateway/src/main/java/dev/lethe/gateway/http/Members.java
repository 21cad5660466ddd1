package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/**
 * The members of a JSON object, read strictly. What does not fit is a {@link ProblemException} with
 * status 422 that names the member's path and never its value.
 */
public final class Members {
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9._:-]{1,64}");

  private final JsonNode node;
  private final String path;

  private Members(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /**
   * @param path of the object, empty for the body
   * @param known every member that the object may have
   */
  public static Members of(JsonNode node, String path, String... known) {
    if (!node.isObject()) {
      throw fault(path.isEmpty() ? "the body" : path, "must be an object");
    }
    var names = List.of(known);
    for (Iterator<String> present = node.fieldNames(); present.hasNext(); ) {
      if (!names.contains(present.next())) {
        // The unknown name may itself be personal.
        throw fault(
            path.isEmpty() ? "the body" : path,
            "has an unknown member; known are " + String.join(", ", names));
      }
    }
    return new Members(node, path);
  }

  public static ProblemException fault(String path, String what) {
    return Problem.invalid(path + " " + what).asException();
  }

  /** Whether the text is an id of the interface. */
  public static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /** The path of a member. */
  public String at(String name) {
    return path.isEmpty() ? name : path + "." + name;
  }

  private Optional<JsonNode> member(String name) {
    return Optional.ofNullable(node.get(name));
  }

  /**
   * @param max in characters (code points); the least is 1
   */
  public Optional<String> text(String name, int max) {
    return member(name).map(value -> text(value, at(name), max));
  }

  public String requiredText(String name, int max) {
    return text(name, max).orElseThrow(() -> fault(at(name), "is required"));
  }

  static String text(JsonNode value, String path, int max) {
    if (!value.isTextual()) {
      throw fault(path, "must be a string");
    }
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > max) {
      throw fault(path, "must have 1 to " + max + " characters");
    }
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw fault(path, "must be well-formed Unicode");
    }
    return text;
  }

  static String id(JsonNode value, String path) {
    if (!value.isTextual() || !isId(value.textValue())) {
      throw fault(path, "must be an id: 1 to 64 of A-Z a-z 0-9 . _ : -");
    }
    return value.textValue();
  }

  public String requiredId(String name) {
    return member(name)
        .map(value -> id(value, at(name)))
        .orElseThrow(() -> fault(at(name), "is required"));
  }

  public OptionalDouble number(String name, double min, double max) {
    return member(name)
        .map(value -> OptionalDouble.of(number(value, at(name), min, max)))
        .orElseGet(OptionalDouble::empty);
  }

  static double number(JsonNode value, String path, double min, double max) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= min && number <= max)) {
      throw fault(path, "must be a number between " + plain(min) + " and " + plain(max));
    }
    return number + 0.0; // no negative zero: it would be written differently though it is the same
  }

  private static String plain(double bound) {
    return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
  }

  public OptionalInt integer(String name, int min, int max) {
    return member(name)
        .map(
            value -> {
              if (!value.isIntegralNumber()
                  || !value.canConvertToInt()
                  || value.intValue() < min
                  || value.intValue() > max) {
                throw fault(at(name), "must be an integer between " + min + " and " + max);
              }
              return OptionalInt.of(value.intValue());
            })
        .orElseGet(OptionalInt::empty);
  }

  public boolean flag(String name, boolean otherwise) {
    return member(name)
        .map(
            value -> {
              if (!value.isBoolean()) {
                throw fault(at(name), "must be true or false");
              }
              return value.booleanValue();
            })
        .orElse(otherwise);
  }

  Optional<JsonNode> object(String name) {
    return member(name)
        .map(
            value -> {
              if (!value.isObject()) {
                throw fault(at(name), "must be an object");
              }
              return value;
            });
  }

  /**
   * @param element reads one element, given its path
   */
  public <T> Optional<List<T>> list(
      String name, int min, int max, BiFunction<JsonNode, String, T> element) {
    return member(name)
        .map(
            value -> {
              if (!value.isArray() || value.size() < min || value.size() > max) {
                throw fault(at(name), "must be an array of " + min + " to " + max + " elements");
              }
              var elements = new ArrayList<T>(value.size());
              for (int i = 0; i < value.size(); i++) {
                elements.add(element.apply(value.get(i), at(name) + "[" + i + "]"));
              }
              return List.copyOf(elements);
            });
  }

  /** A list without repetitions. */
  public <T> Optional<List<T>> distinct(
      String name, int max, BiFunction<JsonNode, String, T> element) {
    return list(name, 0, max, element)
        .map(
            all -> {
              if (new LinkedHashSet<>(all).size() < all.size()) {
                throw fault(at(name), "must not repeat an element");
              }
              return all;
            });
  }
}

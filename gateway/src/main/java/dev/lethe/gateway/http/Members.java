package dev.lethe.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.BiFunction;

/**
 * The members of a JSON object, read strictly. What does not fit is a {@link ProblemException} with
 * status 422 that names the member's path and never its value.
 */
public final class Members {
  private static final int MAX_ID = 64;

  private final JsonNode node;
  private final Place place;

  private Members(JsonNode node, Place place) {
    this.node = node;
    this.place = place;
  }

  /**
   * @param known every member that the object may have
   */
  public static Members of(JsonNode node, Place place, String... known) {
    if (!node.isObject()) {
      throw fault(named(place), "must be an object");
    }
    var names = Arrays.asList(known);
    for (Iterator<String> present = node.fieldNames(); present.hasNext(); ) {
      if (!names.contains(present.next())) {
        // The unknown name may itself be personal.
        throw fault(named(place), "has an unknown member; known are " + String.join(", ", names));
      }
    }
    return new Members(node, place);
  }

  private static String named(Place place) {
    return place.path().isEmpty() ? "the body" : place.path();
  }

  public static ProblemException fault(String path, String what) {
    return Problem.invalid(path + " " + what).asException();
  }

  static ProblemException fault(Place place, String what) {
    return fault(place.path(), what);
  }

  /** Whether the text is an id of the interface: 1 to 64 of A-Z a-z 0-9 . _ : - */
  public static boolean isId(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isOfId(text.charAt(i))) {
        return false;
      }
    }
    return !text.isEmpty() && text.length() <= MAX_ID;
  }

  private static boolean isOfId(char one) {
    return (one >= 'a' && one <= 'z')
        || (one >= 'A' && one <= 'Z')
        || (one >= '0' && one <= '9')
        || ".-_:".indexOf(one) >= 0;
  }

  /** Whether the text has no half of a surrogate pair alone. */
  static boolean isUnicode(String text) {
    for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
      if (Character.getType(text.codePointAt(i)) == Character.SURROGATE) {
        return false;
      }
    }
    return true;
  }

  /** Where a member stands. */
  public Place at(String name) {
    return place.member(name);
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

  static String text(JsonNode value, Place place, int max) {
    if (!value.isTextual()) {
      throw fault(place, "must be a string");
    }
    String text = value.textValue();
    int length = text.codePointCount(0, text.length());
    if (length < 1 || length > max) {
      throw fault(place, "must have 1 to " + max + " characters");
    }
    if (!isUnicode(text)) {
      throw fault(place, "must be well-formed Unicode");
    }
    return text;
  }

  static String id(JsonNode value, Place place) {
    if (!value.isTextual() || !isId(value.textValue())) {
      throw fault(place, "must be an id: 1 to 64 of A-Z a-z 0-9 . _ : -");
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

  static double number(JsonNode value, Place place, double min, double max) {
    double number = value.isNumber() ? value.doubleValue() : Double.NaN;
    if (!(number >= min && number <= max)) {
      throw fault(place, "must be a number between " + plain(min) + " and " + plain(max));
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

  /**
   * @param reader reads the value, given its place
   */
  <T> Optional<T> value(String name, BiFunction<JsonNode, Place, T> reader) {
    return member(name).map(value -> reader.apply(value, at(name)));
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
   * @param element reads one element, given its place
   */
  public <T> Optional<List<T>> list(
      String name, int min, int max, BiFunction<JsonNode, Place, T> element) {
    return member(name)
        .map(
            value -> {
              if (!value.isArray() || value.size() < min || value.size() > max) {
                throw fault(at(name), "must be an array of " + min + " to " + max + " elements");
              }
              var all = at(name);
              var elements = new ArrayList<T>(value.size());
              for (int i = 0; i < value.size(); i++) {
                elements.add(element.apply(value.get(i), all.element(i)));
              }
              return List.copyOf(elements);
            });
  }

  /** A list without repetitions. */
  public <T> Optional<List<T>> distinct(
      String name, int max, BiFunction<JsonNode, Place, T> element) {
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

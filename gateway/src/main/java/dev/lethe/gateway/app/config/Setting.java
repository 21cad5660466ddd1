package dev.lethe.gateway.app.config;

import java.util.Locale;
import java.util.Optional;

/**
 * One row of the table of settings.
 *
 * @param <T> what its text is parsed into
 * @param key path in the YAML file, its parts joined by dots
 * @param option name on the command line, without the dashes
 * @param label of the value, in the help
 * @param parser of its text
 * @param standard text that holds when nobody sets it
 * @param help one line
 * @param shape of the option
 */
public record Setting<T>(
    String key,
    String option,
    String label,
    Parser<T> parser,
    Optional<String> standard,
    String help,
    Shape shape) {
  /** What stands between the values of a setting that takes many. */
  public static final String BETWEEN = "\n";

  /** How many values the option takes. */
  public enum Shape {
    /** Exactly one. */
    ONE,
    /** One or more; in a variable or file one a line. */
    MANY,
    /** None, or one of {@code true} and {@code false}. */
    FLAG
  }

  /** The environment variable of the same meaning. */
  public String variable() {
    return "LETHE_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

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
 */
public record Setting<T>(
    String key,
    String option,
    String label,
    Parser<T> parser,
    Optional<String> standard,
    String help) {

  /** The environment variable of the same meaning. */
  public String variable() {
    return "LETHE_" + option.toUpperCase(Locale.ROOT).replace('-', '_');
  }
}

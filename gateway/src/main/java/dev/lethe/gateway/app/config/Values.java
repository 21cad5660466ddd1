package dev.lethe.gateway.app.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What options, variables and file say, each setting looked up in that order. */
public final class Values {
  /** Option and key-less name of the file itself. */
  public static final String CONFIG = "config";

  private static final String PREFIX = "LETHE_";
  private static final String CONFIG_VARIABLE = "LETHE_CONFIG";

  private record Found(String source, String text, Path folder) {}

  private final Map<String, String> options;
  private final Map<String, String> variables;
  private final YamlFile file;
  private final Path folder;

  private Values(
      Map<String, String> options, Map<String, String> variables, YamlFile file, Path folder) {
    this.options = options;
    this.variables = variables;
    this.file = file;
    this.folder = folder;
  }

  /**
   * Reads the file, if one is named, and refuses variables and keys that nothing knows. Every value
   * that is known is parsed, also when the command does not use it.
   *
   * @param options given on the command line, by name without dashes
   * @param environment all of it; names that do not start with {@code LETHE_} are left alone
   * @param folder the working directory
   * @throws UsageException naming what is wrong
   */
  public static Values read(
      Map<String, String> options, Map<String, String> environment, Path folder) {
    var variables =
        environment.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith(PREFIX))
            .collect(Collectors.toUnmodifiableMap(Map.Entry::getKey, Map.Entry::getValue));
    Set<String> known = Settings.all().map(Setting::variable).collect(Collectors.toSet());
    known.add(CONFIG_VARIABLE);
    known.addAll(KeystoreSettings.SECRET_VARIABLES);
    variables.keySet().stream()
        .filter(name -> !known.contains(name))
        .sorted()
        .findFirst()
        .ifPresent(
            name -> {
              throw new UsageException("unknown variable " + name);
            });
    Optional<String> path =
        Optional.ofNullable(options.get(CONFIG))
            .or(() -> Optional.ofNullable(variables.get(CONFIG_VARIABLE)));
    var values =
        new Values(
            options,
            variables,
            path.map(text -> YamlFile.read(text, folder)).orElse(YamlFile.EMPTY),
            folder);
    Settings.all().forEach(values::get);
    return values;
  }

  /**
   * The value, or its default.
   *
   * @throws UsageException when its text is wrong
   */
  public <T> Optional<T> get(Setting<T> setting) {
    return find(setting)
        .map(
            found -> {
              try {
                if (found.text().isBlank()) {
                  throw new IllegalArgumentException("must not be empty");
                }
                return setting.parser().parse(found.text(), found.folder());
              } catch (IllegalArgumentException e) {
                throw new UsageException(found.source() + ": " + e.getMessage());
              }
            });
  }

  /**
   * The value of a setting that has a default or is required.
   *
   * @throws UsageException when it is missing
   */
  public <T> T require(Setting<T> setting) {
    return get(setting)
        .orElseThrow(() -> new UsageException("--" + setting.option() + " is missing"));
  }

  /** A list, by its key; only the file holds any. */
  Optional<JsonNode> list(String key) {
    return file.list(key);
  }

  String fileName() {
    return file.name();
  }

  Path fileFolder() {
    return file.folder();
  }

  /** What a variable that carries a secret itself holds. */
  Optional<String> secret(String variable) {
    return Optional.ofNullable(variables.get(variable));
  }

  private Optional<Found> find(Setting<?> setting) {
    return Optional.ofNullable(options.get(setting.option()))
        .map(text -> new Found("--" + setting.option(), text, folder))
        .or(
            () ->
                Optional.ofNullable(variables.get(setting.variable()))
                    .map(text -> new Found(setting.variable(), text, folder)))
        .or(
            () ->
                file.text(setting.key())
                    .map(
                        text -> new Found(file.name() + ": " + setting.key(), text, file.folder())))
        .or(() -> setting.standard().map(text -> new Found("--" + setting.option(), text, folder)));
  }
}

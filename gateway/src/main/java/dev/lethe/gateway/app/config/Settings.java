package dev.lethe.gateway.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The table of settings: what the command line, the variables, the file and the help know comes
 * from here. Those of an instance, its keystore and an evaluation have files of their own; those of
 * the other commands stand here.
 */
public final class Settings {
  public static final Setting<String> SUB =
      row(
          "token.sub",
          "sub",
          "SUBJECT",
          Parsers::text,
          "",
          "whose token it is, 1 to 256 characters");
  public static final Setting<String> SCOPE =
      row(
          "token.scope",
          "scope",
          "SCOPES",
          Parsers::text,
          "profile:read profile:write consent rank erase",
          "scopes, separated by spaces");
  public static final Setting<Duration> TTL =
      row("token.ttl", "ttl", "DURATION", Parsers::positiveDuration, "1h", "how long it holds");
  public static final Setting<Integer> USERS =
      row("replay.users", "users", "N", Parsers::count, "", "play only the first N people");
  public static final Setting<Integer> ROUNDS =
      row("crashTest.rounds", "rounds", "N", Parsers::count, "5", "how often to crash");
  public static final Setting<Long> SEED =
      row("crashTest.seed", "seed", "S", Parsers::seed, "1", "of everything that is random");
  public static final Setting<String> ISS =
      row("prove.iss", "iss", "ISSUER", Parsers::text, "", "issuer of that person's tokens");
  public static final Setting<List<Path>> BACKUP =
      new Setting<>(
          "prove.backup",
          "backup",
          "PATH",
          Parsers::paths,
          Optional.empty(),
          "files of Redis, or folders of them",
          Setting.Shape.MANY);
  public static final Setting<Path> TO =
      row("backup.to", "to", "PATH", Parsers::path, "", "where to; must not hold anything");
  public static final Setting<Path> FROM =
      row("restore.from", "from", "PATH", Parsers::path, "", "what was written with --to");
  public static final Setting<Path> NEW_PASSPHRASE_FILE =
      row(
          "keystoreChange.passphraseFile",
          "new-passphrase-file",
          "FILE",
          Parsers::readableFile,
          "",
          "file whose first line is the new passphrase");
  public static final Setting<Path> EXPORT_PASSPHRASE_FILE =
      row(
          "keystoreExport.passphraseFile",
          "export-passphrase-file",
          "FILE",
          Parsers::readableFile,
          "",
          "file whose first line is the passphrase of the export");
  public static final Setting<Boolean> YES =
      new Setting<>(
          "restore.yes",
          "yes",
          "true|false",
          Parsers::flag,
          Optional.of("false"),
          "do it, and do not only say what it means",
          Setting.Shape.FLAG);

  private static final List<Setting<?>> COMMANDS =
      List.of(
          SUB,
          SCOPE,
          TTL,
          USERS,
          ROUNDS,
          SEED,
          ISS,
          BACKUP,
          TO,
          FROM,
          YES,
          NEW_PASSPHRASE_FILE,
          EXPORT_PASSPHRASE_FILE);

  private Settings() {}

  /** Those of a command that works on the stores of an instance, and its own. */
  public static List<Setting<?>> ofStores(Setting<?>... own) {
    var stores =
        Stream.concat(
            Stream.of(InstanceSettings.DATA, InstanceSettings.REDIS),
            KeystoreSettings.ALL.stream());
    return Stream.concat(Stream.of(own), stores).toList();
  }

  static Stream<Setting<?>> all() {
    return Stream.of(InstanceSettings.withKeystore(), COMMANDS, EvalSettings.ALL)
        .flatMap(List::stream);
  }

  static <T> Setting<T> row(
      String key, String option, String label, Parser<T> parser, String standard, String help) {
    return new Setting<>(
        key,
        option,
        label,
        parser,
        Optional.of(standard).filter(text -> !text.isEmpty()),
        help,
        Setting.Shape.ONE);
  }
}

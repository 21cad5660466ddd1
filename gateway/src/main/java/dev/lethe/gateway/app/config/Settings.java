package dev.lethe.gateway.app.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The table of settings: what the command line, the variables, the file and the help know comes
 * from here.
 */
public final class Settings {
  public static final Setting<Path> DATA =
      row("data", "data", "DIR", Parsers::path, "", "data folder; data/ beside lethe by default");
  static final Setting<String> HOST =
      row("http.host", "host", "HOST", Parsers::host, "127.0.0.1", "where clients connect");
  static final Setting<Integer> PORT =
      row("http.port", "port", "PORT", Parsers::port, "8443", "port for clients; 0 picks one");
  static final Setting<Path> CERT =
      row("http.cert", "http-cert", "FILE", Parsers::readableFile, "", "certificate chain, PEM");
  static final Setting<Path> KEY =
      row("http.key", "http-key", "FILE", Parsers::readableFile, "", "its private key, PKCS#8 PEM");
  static final Setting<String> ADMIN_HOST =
      row("admin.host", "admin-host", "HOST", Parsers::host, "127.0.0.1", "where admins connect");
  static final Setting<Integer> ADMIN_PORT =
      row(
          "admin.port",
          "admin-port",
          "PORT",
          Parsers::port,
          "9443",
          "port for admins; 0 picks one");
  static final Setting<Path> CLIENT_CA =
      row(
          "admin.clientCa",
          "admin-client-ca",
          "FILE",
          Parsers::readableFile,
          "",
          "authorities, PEM; makes client certificates mandatory for admins");
  static final Setting<String> REDIS =
      row(
          "redis.uri",
          "redis",
          "URI",
          Parsers::redisUri,
          "",
          "Redis to use; one of its own is started by default");
  static final Setting<String> KEYSTORE_TYPE =
      row(
          "keystore.type",
          "keystore-type",
          "TYPE",
          Parsers::keystoreType,
          "bcfks",
          "bcfks, a file under a passphrase, or pkcs11, one wrapped by a token");
  static final Setting<Path> KEYSTORE =
      row(
          "keystore.path",
          "keystore",
          "DIR",
          Parsers::path,
          "",
          "folder of the keystore; keystore/ in the data folder by default");
  static final Setting<List<Path>> MIRRORS =
      row(
          "keystore.mirrors",
          "keystore-mirrors",
          "DIR,DIR",
          Parsers::folders,
          "",
          "folders that hold a copy of the keystore each");
  static final Setting<Path> PASSPHRASE_FILE =
      row(
          "keystore.passphraseFile",
          "keystore-passphrase-file",
          "FILE",
          Parsers::readableFile,
          "",
          "file with the keystore's passphrase; LETHE_KEYSTORE_PASSPHRASE may hold it instead");
  static final Setting<Path> LIBRARY =
      row(
          "keystore.pkcs11.library",
          "keystore-pkcs11-library",
          "FILE",
          Parsers::readableFile,
          "",
          "PKCS#11 library of the token");
  static final Setting<String> TOKEN_LABEL =
      row(
          "keystore.pkcs11.tokenLabel",
          "keystore-pkcs11-token-label",
          "LABEL",
          Parsers::text,
          "",
          "label of the token");
  static final Setting<Integer> SLOT =
      row(
          "keystore.pkcs11.slot",
          "keystore-pkcs11-slot",
          "N",
          Parsers::slot,
          "",
          "slot of the token, in place of its label");
  static final Setting<Path> PIN_FILE =
      row(
          "keystore.pkcs11.pinFile",
          "keystore-pkcs11-pin-file",
          "FILE",
          Parsers::readableFile,
          "",
          "file with the token's PIN; LETHE_KEYSTORE_PKCS11_PIN may hold it instead");
  static final Setting<Duration> SKEW =
      row(
          "auth.skew",
          "auth-skew",
          "DURATION",
          Parsers::duration,
          "30s",
          "tolerance for the clocks of token issuers");
  static final Setting<Duration> ROTATION_EVERY =
      row(
          "rotation.every",
          "rotation-every",
          "DURATION",
          Parsers::positiveDuration,
          "24h",
          "how long an epoch key lives");
  static final Setting<Duration> ROTATION_GRACE =
      row(
          "rotation.grace",
          "rotation-grace",
          "DURATION",
          Parsers::duration,
          "0s",
          "wait before an old epoch key is destroyed");
  static final Setting<Integer> MAX_EVENTS =
      row(
          "retention.maxEvents",
          "retention-max-events",
          "N",
          Parsers::count,
          "1000",
          "events kept for each person and field");
  static final Setting<Duration> MAX_AGE =
      row(
          "retention.maxAge",
          "retention-max-age",
          "DURATION",
          Parsers::positiveDuration,
          "365d",
          "how long an event is kept");
  static final Setting<String> RATE =
      row("limits.rate", "limits-rate", "RATE", Parsers::noRate, "off", "only off for now");
  static final Setting<String> BURST =
      row("limits.burst", "limits-burst", "N", Parsers::noRate, "", "not supported yet");
  static final Setting<String> CONTROLLER =
      row(
          "controller",
          "controller",
          "NAME",
          Parsers::name,
          "lethe",
          "who decides about the processing, as receipts and exports name it");
  static final Setting<Path> CATALOG =
      row("catalog", "catalog", "FILE", Parsers::readableFile, "", "titles, one JSON a line");
  static final Setting<Path> PUBLIC_RATINGS =
      row(
          "model.publicRatings",
          "model-public-ratings",
          "FILE",
          Parsers::readableFile,
          "",
          "person<TAB>title[<TAB>rating] a line, published by others, to learn from");
  static final Setting<Boolean> TRAINING =
      new Setting<>(
          "model.training",
          "model-training",
          "true|false",
          Parsers::flag,
          Optional.of("true"),
          "learn from the history of viewers who agreed to training",
          Setting.Shape.FLAG);
  static final Setting<Duration> TRAIN_EVERY =
      row(
          "model.trainEvery",
          "model-train-every",
          "DURATION",
          Parsers::trainingPace,
          "12h",
          "how long what was learned is ranked by, up to 20h");
  static final Setting<Integer> MIN_PEOPLE =
      row(
          "model.minPeople",
          "model-min-people",
          "N",
          Parsers::count,
          "20",
          "nothing learned of titles that fewer people share is ranked by");

  static final Setting<Boolean> BACKUP_REQUIRED =
      new Setting<>(
          "backup.required",
          "backup-required",
          "true|false",
          Parsers::flag,
          Optional.of("false"),
          "a rotation waits for a backup under the new epoch",
          Setting.Shape.FLAG);

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

  /** Key of the token issuers: a list, so it stands in the file only. */
  static final String ISSUERS = "auth.issuers";

  /** Key of those who are told of erasures and withdrawals: the same. */
  static final String RECEIVERS = "notices.receivers";

  /** Keys of lists. */
  static final Set<String> LISTS = Set.of(ISSUERS, RECEIVERS);

  /** Variable that carries the keystore's passphrase itself. */
  static final String PASSPHRASE_VARIABLE = "LETHE_KEYSTORE_PASSPHRASE";

  /** Variable that carries the token's PIN itself. */
  static final String PIN_VARIABLE = "LETHE_KEYSTORE_PKCS11_PIN";

  /** Variables that have no row, because no option or file may carry what they do. */
  static final List<String> SECRET_VARIABLES = List.of(PASSPHRASE_VARIABLE, PIN_VARIABLE);

  private static final List<Setting<?>> KEYSTORES =
      List.of(
          KEYSTORE_TYPE, KEYSTORE, MIRRORS, PASSPHRASE_FILE, LIBRARY, TOKEN_LABEL, SLOT, PIN_FILE);
  private static final List<Setting<?>> INSTANCE =
      List.of(
          DATA,
          HOST,
          PORT,
          CERT,
          KEY,
          ADMIN_HOST,
          ADMIN_PORT,
          CLIENT_CA,
          REDIS,
          KEYSTORE_TYPE,
          KEYSTORE,
          MIRRORS,
          PASSPHRASE_FILE,
          LIBRARY,
          TOKEN_LABEL,
          SLOT,
          PIN_FILE,
          SKEW,
          ROTATION_EVERY,
          ROTATION_GRACE,
          BACKUP_REQUIRED,
          MAX_EVENTS,
          MAX_AGE,
          RATE,
          BURST,
          CATALOG,
          PUBLIC_RATINGS,
          TRAINING,
          TRAIN_EVERY,
          MIN_PEOPLE,
          CONTROLLER);
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

  /** Those of a running instance, in the order of the help. */
  public static List<Setting<?>> ofInstance() {
    return INSTANCE;
  }

  /** Those of a command that works on the stores of an instance, and its own. */
  public static List<Setting<?>> ofStores(Setting<?>... own) {
    var stores = Stream.concat(Stream.of(DATA, REDIS), KEYSTORES.stream());
    return Stream.concat(Stream.of(own), stores).toList();
  }

  static Stream<Setting<?>> all() {
    return Stream.of(INSTANCE, COMMANDS, EvalSettings.ALL).flatMap(List::stream);
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

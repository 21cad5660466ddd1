package dev.lethe.gateway.app.config;

import static dev.lethe.gateway.app.config.Settings.row;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The settings of a running instance, but for those of its keystore. */
public final class InstanceSettings {
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
  static final Setting<Boolean> BACKUP_REQUIRED =
      new Setting<>(
          "backup.required",
          "backup-required",
          "true|false",
          Parsers::flag,
          Optional.of("false"),
          "a rotation waits for a backup under the new epoch",
          Setting.Shape.FLAG);
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
  static final Setting<String> CONTROLLER =
      row(
          "controller",
          "controller",
          "NAME",
          Parsers::name,
          "lethe",
          "who decides about the processing, as receipts and exports name it");

  /** Key of the token issuers: a list, so it stands in the file only. */
  static final String ISSUERS = "auth.issuers";

  /** Key of those who are told of erasures and withdrawals: the same. */
  static final String RECEIVERS = "notices.receivers";

  /** Keys of lists. */
  static final Set<String> LISTS = Set.of(ISSUERS, RECEIVERS);

  private InstanceSettings() {}

  /** All of them and those of the keystore, in the order of the help. */
  public static List<Setting<?>> withKeystore() {
    return Stream.of(
            List.<Setting<?>>of(
                DATA, HOST, PORT, CERT, KEY, ADMIN_HOST, ADMIN_PORT, CLIENT_CA, REDIS),
            KeystoreSettings.ALL,
            List.<Setting<?>>of(
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
                CONTROLLER))
        .flatMap(List::stream)
        .toList();
  }
}

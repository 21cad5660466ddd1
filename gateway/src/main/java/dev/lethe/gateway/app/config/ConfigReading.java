package dev.lethe.gateway.app.config;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Makes a configuration of values. */
public final class ConfigReading {
  private ConfigReading() {}

  /**
   * @param home folder of the {@code lethe} launcher, where the data folder is by default
   * @throws UsageException naming what is wrong
   */
  public static Config config(Values values, Path home) {
    Path data = data(values, home);
    return new Config(
        data,
        new Config.Http(
            values.require(Settings.HOST), values.require(Settings.PORT), certificate(values)),
        new Config.Admin(
            values.require(Settings.ADMIN_HOST),
            values.require(Settings.ADMIN_PORT),
            values.get(Settings.CLIENT_CA)),
        values.get(Settings.REDIS),
        new Config.Keystore(
            values.get(Settings.KEYSTORE).orElse(data.resolve("keystore")),
            KeystoreReading.secret(values),
            values.get(Settings.MIRRORS).orElse(List.of())),
        values.require(Settings.SKEW),
        IssuerReading.issuers(values),
        new Config.Rotation(
            values.require(Settings.ROTATION_EVERY),
            values.require(Settings.ROTATION_GRACE),
            values.require(Settings.BACKUP_REQUIRED)),
        new Config.Retention(values.require(Settings.MAX_EVENTS), values.require(Settings.MAX_AGE)),
        values.get(Settings.CATALOG),
        new Config.Model(
            values.get(Settings.PUBLIC_RATINGS),
            values.require(Settings.TRAINING),
            values.require(Settings.TRAIN_EVERY),
            values.require(Settings.MIN_PEOPLE)),
        values.require(Settings.CONTROLLER),
        ReceiverReading.receivers(values));
  }

  /** The data folder alone. */
  public static Path data(Values values, Path home) {
    return values.get(Settings.DATA).orElse(home.resolve("data"));
  }

  private static Optional<Config.CertificateFiles> certificate(Values values) {
    Optional<Path> certificate = values.get(Settings.CERT);
    Optional<Path> key = values.get(Settings.KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new UsageException("--http-cert and --http-key go together");
    }
    return certificate.map(path -> new Config.CertificateFiles(path, key.orElseThrow()));
  }
}

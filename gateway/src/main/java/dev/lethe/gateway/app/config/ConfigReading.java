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
            values.require(InstanceSettings.HOST),
            values.require(InstanceSettings.PORT),
            certificate(values)),
        new Config.Admin(
            values.require(InstanceSettings.ADMIN_HOST),
            values.require(InstanceSettings.ADMIN_PORT),
            values.get(InstanceSettings.CLIENT_CA)),
        values.get(InstanceSettings.REDIS),
        new Config.Keystore(
            values.get(KeystoreSettings.KEYSTORE).orElse(data.resolve("keystore")),
            KeystoreReading.secret(values),
            values.get(KeystoreSettings.MIRRORS).orElse(List.of())),
        values.require(InstanceSettings.SKEW),
        IssuerReading.issuers(values),
        new Config.Rotation(
            values.require(InstanceSettings.ROTATION_EVERY),
            values.require(InstanceSettings.ROTATION_GRACE),
            values.require(InstanceSettings.BACKUP_REQUIRED)),
        new Config.Retention(
            values.require(InstanceSettings.MAX_EVENTS), values.require(InstanceSettings.MAX_AGE)),
        values.get(InstanceSettings.CATALOG),
        new Config.Model(
            values.get(InstanceSettings.PUBLIC_RATINGS),
            values.require(InstanceSettings.TRAINING),
            values.require(InstanceSettings.TRAIN_EVERY),
            values.require(InstanceSettings.MIN_PEOPLE)),
        values.require(InstanceSettings.CONTROLLER),
        ReceiverReading.receivers(values));
  }

  /** The data folder alone. */
  public static Path data(Values values, Path home) {
    return values.get(InstanceSettings.DATA).orElse(home.resolve("data"));
  }

  private static Optional<Config.CertificateFiles> certificate(Values values) {
    Optional<Path> certificate = values.get(InstanceSettings.CERT);
    Optional<Path> key = values.get(InstanceSettings.KEY);
    if (certificate.isPresent() != key.isPresent()) {
      throw new UsageException("--http-cert and --http-key go together");
    }
    return certificate.map(path -> new Config.CertificateFiles(path, key.orElseThrow()));
  }
}

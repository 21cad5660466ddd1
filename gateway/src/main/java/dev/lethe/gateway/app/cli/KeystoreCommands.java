package dev.lethe.gateway.app.cli;

import dev.lethe.gateway.app.config.ConfigReading;
import dev.lethe.gateway.app.config.Settings;

/** What is done with a keystore as a whole. */
final class KeystoreCommands {
  static final Command PASSPHRASE =
      new Command(
          "keystore passphrase",
          "seal the keystore under a new passphrase",
          Settings.ofStores(Settings.NEW_PASSPHRASE_FILE),
          "0",
          KeystoreCommands::passphrase);
  static final Command EXPORT =
      new Command(
          "keystore export",
          "write the keystore to a file under a passphrase of its own",
          Settings.ofStores(Settings.TO, Settings.EXPORT_PASSPHRASE_FILE),
          "0",
          KeystoreCommands::export);
  static final Command IMPORT =
      new Command(
          "keystore import",
          "make a keystore of an export, in an empty folder",
          Settings.ofStores(Settings.FROM, Settings.EXPORT_PASSPHRASE_FILE),
          "0",
          KeystoreCommands::importFrom);

  private KeystoreCommands() {}

  private static int passphrase(Invocation invocation) {
    var values = invocation.values();
    return invocation.report(
        invocation
            .surroundings()
            .work()
            .changePassphrase(
                ConfigReading.config(values, invocation.home()),
                values.require(Settings.NEW_PASSPHRASE_FILE)));
  }

  private static int export(Invocation invocation) {
    var values = invocation.values();
    return invocation.report(
        invocation
            .surroundings()
            .work()
            .exportKeystore(
                ConfigReading.config(values, invocation.home()),
                values.require(Settings.TO),
                values.require(Settings.EXPORT_PASSPHRASE_FILE)));
  }

  private static int importFrom(Invocation invocation) {
    var values = invocation.values();
    return invocation.report(
        invocation
            .surroundings()
            .work()
            .importKeystore(
                ConfigReading.config(values, invocation.home()),
                values.require(Settings.FROM),
                values.require(Settings.EXPORT_PASSPHRASE_FILE)));
  }
}

package dev.lethe.gateway.app.config;

import static dev.lethe.gateway.app.config.Settings.row;

import java.nio.file.Path;
import java.util.List;

/** The settings of an instance's keystore, and the variables that carry its secrets. */
final class KeystoreSettings {
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

  /** Variable that carries the passphrase itself. */
  static final String PASSPHRASE_VARIABLE = "LETHE_KEYSTORE_PASSPHRASE";

  /** Variable that carries the token's PIN itself. */
  static final String PIN_VARIABLE = "LETHE_KEYSTORE_PKCS11_PIN";

  /** Variables that have no row, because no option or file may carry what they do. */
  static final List<String> SECRET_VARIABLES = List.of(PASSPHRASE_VARIABLE, PIN_VARIABLE);

  /** In the order of the help. */
  static final List<Setting<?>> ALL =
      List.of(
          KEYSTORE_TYPE, KEYSTORE, MIRRORS, PASSPHRASE_FILE, LIBRARY, TOKEN_LABEL, SLOT, PIN_FILE);

  private KeystoreSettings() {}
}

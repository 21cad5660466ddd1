package dev.lethe.gateway.app.config;

import dev.lethe.gateway.app.config.Config.KeystoreSecret;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import dev.lethe.gateway.app.config.Config.PinSource;
import dev.lethe.gateway.app.config.Config.Pkcs11;
import dev.lethe.gateway.app.config.Config.TokenChoice;
import java.util.List;
import java.util.Optional;

/** Makes what opens a keystore of values. */
final class KeystoreReading {
  private static final List<Setting<?>> OF_TOKEN =
      List.of(
          KeystoreSettings.LIBRARY,
          KeystoreSettings.TOKEN_LABEL,
          KeystoreSettings.SLOT,
          KeystoreSettings.PIN_FILE);

  private KeystoreReading() {}

  static KeystoreSecret secret(Values values) {
    if (values.require(KeystoreSettings.KEYSTORE_TYPE).equals(Parsers.PKCS11)) {
      return new Pkcs11(values.require(KeystoreSettings.LIBRARY), token(values), pin(values));
    }
    OF_TOKEN.stream()
        .filter(setting -> values.get(setting).isPresent())
        .findFirst()
        .ifPresent(
            setting -> {
              throw new UsageException(
                  "--" + setting.option() + " needs --keystore-type " + Parsers.PKCS11);
            });
    return passphrase(values);
  }

  private static TokenChoice token(Values values) {
    Optional<TokenChoice> label =
        values.get(KeystoreSettings.TOKEN_LABEL).map(TokenChoice.Labelled::new);
    Optional<TokenChoice> slot = values.get(KeystoreSettings.SLOT).map(TokenChoice.InSlot::new);
    if (label.isPresent() == slot.isPresent()) {
      throw new UsageException(
          "--keystore-type pkcs11 needs either --keystore-pkcs11-token-label or --keystore-pkcs11-slot");
    }
    return label.or(() -> slot).orElseThrow();
  }

  private static PinSource pin(Values values) {
    return given(values, KeystoreSettings.PIN_VARIABLE)
        .<PinSource>map(PinSource.Given::new)
        .or(() -> values.get(KeystoreSettings.PIN_FILE).map(PinSource.InFile::new))
        .orElseThrow(
            () ->
                new UsageException(
                    "--keystore-type pkcs11 needs --keystore-pkcs11-pin-file or "
                        + KeystoreSettings.PIN_VARIABLE));
  }

  private static PassphraseSource passphrase(Values values) {
    return given(values, KeystoreSettings.PASSPHRASE_VARIABLE)
        .<PassphraseSource>map(PassphraseSource.Given::new)
        .or(() -> values.get(KeystoreSettings.PASSPHRASE_FILE).map(PassphraseSource.InFile::new))
        .orElseGet(PassphraseSource.Own::new);
  }

  private static Optional<String> given(Values values, String variable) {
    Optional<String> given = values.secret(variable);
    if (given.filter(String::isEmpty).isPresent()) {
      throw new UsageException(variable + ": must not be empty");
    }
    return given;
  }
}

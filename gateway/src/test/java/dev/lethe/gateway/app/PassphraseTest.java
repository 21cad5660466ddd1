package dev.lethe.gateway.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.gateway.app.config.Config;
import dev.lethe.gateway.app.config.Config.PassphraseSource;
import dev.lethe.vault.keys.KeystoreAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which passphrases count as random: the one that Lethe makes, while it makes it. */
final class PassphraseTest {
  /** The SHA-256 of a word: of the form of our own, and guessed with the word. */
  private static final String HASH_OF_A_WORD =
      "2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b";

  @TempDir Path folder;

  private KeystoreAccess.Passphrase of(PassphraseSource source) {
    return Passphrase.of(new Config.Keystore(folder, source));
  }

  @Test
  void theOneThatIsMadeIsRandom() throws IOException {
    var made = of(new PassphraseSource.Own());

    assertThat(made.random()).isTrue();
    assertThat(made.text()).matches("[0-9a-f]{64}");
    assertThat(Files.readString(Passphrase.beside(folder))).isEqualTo(made.text() + "\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"open sesame", HASH_OF_A_WORD})
  void whatLiesThereAlreadyMayBeSomebodysChoice(String text) throws IOException {
    Files.writeString(Passphrase.beside(folder), text + "\n");
    assertThat(of(new PassphraseSource.Own()))
        .isEqualTo(new KeystoreAccess.Passphrase(text, false));
  }

  @Test
  void whatIsGivenMayBeSomebodysChoice() throws IOException {
    var file = Files.writeString(folder.resolve("given"), HASH_OF_A_WORD + "\n");
    var chosen = new KeystoreAccess.Passphrase(HASH_OF_A_WORD, false);
    assertThat(of(new PassphraseSource.InFile(file))).isEqualTo(chosen);
    assertThat(of(new PassphraseSource.Given(HASH_OF_A_WORD))).isEqualTo(chosen);
  }
}

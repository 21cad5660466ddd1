package dev.lethe.vault.keys;

import java.nio.file.Path;

/** What opens a keystore, and thereby of which kind it is. */
public sealed interface KeystoreAccess {
  /**
   * A file, sealed under a passphrase.
   *
   * @param random whether it is known to be a random key of 256 bits in letters, so that nobody
   *     guesses it at whatever cost; a keystore that is made now is then made with a low cost of
   *     derivation, and one that exists stays as it is
   */
  record Passphrase(String text, boolean random) implements KeystoreAccess {
    /** One that somebody may have chosen. */
    public Passphrase(String text) {
      this(text, false);
    }

    @Override
    public String toString() {
      return "Passphrase[hidden]";
    }
  }

  /**
   * A file, wrapped by keys that never leave a PKCS#11 token.
   *
   * @param library of the token's vendor
   * @param pin of its user
   */
  record Token(Path library, TokenChoice choice, String pin) implements KeystoreAccess {
    @Override
    public String toString() {
      return "Token[" + choice + " of " + library + "]";
    }
  }

  /** Which of a library's tokens. */
  sealed interface TokenChoice {
    /** The one that was given this label when it was initialised. */
    record Labelled(String label) implements TokenChoice {
      @Override
      public String toString() {
        return "token " + label;
      }
    }

    /** The one in this slot. */
    record InSlot(int slot) implements TokenChoice {
      @Override
      public String toString() {
        return "token in slot " + slot;
      }
    }
  }
}

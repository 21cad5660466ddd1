package dev.lethe.vault.keys;

import dev.lethe.vault.keys.KeystoreAccess.TokenChoice;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidParameterException;
import java.security.Provider;
import java.security.ProviderException;
import java.security.Security;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A slot with a token in it, found before anybody logs in.
 *
 * <p>The JDK's provider takes a slot only, and tells what is in one nowhere but on standard output,
 * so that is where label and flags are read.
 *
 * @param flags as PKCS#11 2.40, section 3.2 (CK_TOKEN_INFO) names them
 */
record TokenSlot(Path library, int number, String label, Set<String> flags) {
  /**
   * Keys that are made here never leave the token, and do nothing but seal and open; only {@link
   * Token#keep} makes them outlast the session.
   */
  private static final String KEYS =
      """
      attributes(generate, CKO_SECRET_KEY, CKK_AES) = {
        CKA_TOKEN = false
        CKA_PRIVATE = true
        CKA_SENSITIVE = true
        CKA_EXTRACTABLE = false
        CKA_ENCRYPT = true
        CKA_DECRYPT = true
        CKA_WRAP = false
        CKA_UNWRAP = false
        CKA_SIGN = false
        CKA_VERIFY = false
      }
      """;

  private static final Pattern SLOTS = Pattern.compile("(?m)^Slots with tokens: *(.*)$");
  private static final Pattern TOKEN =
      Pattern.compile(
          "(?ms)^Token info for token in slot .*?^  label: *(.*?) *$.*?^  flags: *(.*?)$");

  /**
   * Finds a token.
   *
   * @throws KeystoreException when there is none such, or the library is not one
   */
  static TokenSlot find(Path library, TokenChoice choice) {
    if (!Files.isReadable(library) || !Files.isRegularFile(library)) {
      throw new KeystoreException(
          "there is no PKCS#11 library at "
              + library
              + ": install it, or name another with keystore.pkcs11.library");
    }
    if (choice instanceof TokenChoice.InSlot in) {
      var slot = at(library, Integer.toString(in.slot()));
      if (slot.isPresent()) {
        return slot.orElseThrow();
      }
    }
    var all = all(library);
    var chosen = all.stream().filter(slot -> slot.is(choice)).toList();
    if (chosen.size() == 1) {
      return chosen.get(0);
    }
    if (chosen.isEmpty()) {
      var labels = all.stream().map(TokenSlot::label).collect(Collectors.joining(", "));
      throw new KeystoreException(
          "there is no "
              + choice
              + " in "
              + library
              + ", which shows "
              + (labels.isEmpty() ? "none" : labels)
              + ": attach or initialise it, or name another");
    }
    throw new KeystoreException(
        "several tokens of " + library + " are the " + choice + ": name one by its slot");
  }

  private boolean is(TokenChoice choice) {
    return choice instanceof TokenChoice.Labelled labelled && labelled.label().equals(label);
  }

  private static List<TokenSlot> all(Path library) {
    var text = new StringBuilder();
    Optional<RuntimeException> failure = told(library, "slotListIndex = 0", text);
    var slots = SLOTS.matcher(text);
    if (!slots.find()) {
      throw new KeystoreException(
          "the PKCS#11 library "
              + library
              + " does not start: "
              + failure.map(TokenFailure::reason).orElse("it tells of no slots")
              + "; check its configuration",
          failure.orElseThrow(() -> new KeystoreException("no slots")));
    }
    var found = new ArrayList<TokenSlot>();
    for (var number : slots.group(1).split(",", -1)) {
      if (!number.isBlank()) {
        at(library, number.strip()).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Empty when the token in it was never initialised. */
  private static Optional<TokenSlot> at(Path library, String number) {
    var text = new StringBuilder();
    told(library, "slot = " + number, text);
    var token = TOKEN.matcher(text);
    if (!token.find()) {
      return Optional.empty();
    }
    var flags = Stream.of(token.group(2).split("\\|", -1)).map(String::strip);
    return Optional.of(
        new TokenSlot(
            library,
            Integer.parseInt(number),
            token.group(1),
            flags.collect(Collectors.toUnmodifiableSet())));
  }

  private static Optional<RuntimeException> told(Path library, String slot, StringBuilder text) {
    try {
      Printed.by(() -> configured(library, slot, true), text);
      return Optional.empty();
    } catch (ProviderException | InvalidParameterException | UnsupportedOperationException e) {
      return Optional.of(e);
    }
  }

  /**
   * Makes sure that a wrong PIN would do no harm.
   *
   * @throws KeystoreException when the next one would lock the token, or one did
   */
  void requireTries() {
    if (flags.contains("CKF_USER_PIN_LOCKED")) {
      throw TokenFailure.locked(this);
    }
    if (flags.contains("CKF_USER_PIN_FINAL_TRY")) {
      throw TokenFailure.lastTry(this);
    }
  }

  /** A provider of this slot alone, which is registered nowhere. */
  Provider provider() {
    return configured(library, "slot = " + number, false);
  }

  private static Provider configured(Path library, String slot, boolean told) {
    return Optional.ofNullable(Security.getProvider("SunPKCS11"))
        .orElseThrow(
            () ->
                new KeystoreException(
                    "this Java has no PKCS#11: run one with the module jdk.crypto.cryptoki"))
        .configure(
            "--name = Lethe\nlibrary = \""
                + library
                + "\"\n"
                + slot
                + "\nshowInfo = "
                + told
                + "\n"
                + KEYS);
  }

  @Override
  public String toString() {
    return label.isEmpty() ? "token in slot " + number : "token " + label;
  }
}

package dev.lethe.vault.keys;

import java.util.Set;

/** Says what a token's refusal means and what to do, in one line. */
final class TokenFailure {
  private static final Set<String> REFUSED =
      Set.of("CKR_PIN_INCORRECT", "CKR_PIN_INVALID", "CKR_PIN_LEN_RANGE");

  private TokenFailure() {}

  /** What the token itself said, or failing that the innermost cause. */
  static String reason(Throwable failure) {
    var innermost = failure;
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var message = cause.getMessage();
      if (message != null && message.startsWith("CKR_")) {
        return message.lines().findFirst().orElse(message);
      }
      innermost = cause;
    }
    var message = innermost.getMessage();
    return message == null
        ? innermost.getClass().getSimpleName()
        : message.lines().findFirst().orElse(message);
  }

  static boolean isRefusedPin(Throwable failure) {
    return REFUSED.contains(reason(failure));
  }

  static KeystoreException ofLogin(TokenSlot slot, Throwable failure) {
    var reason = reason(failure);
    if (isRefusedPin(failure)) {
      return new KeystoreException(
          "the "
              + slot
              + " refuses the PIN: give the right one; this one is not tried again, because tokens lock",
          failure);
    }
    return switch (reason) {
      case "CKR_PIN_LOCKED" -> locked(slot);
      case "CKR_PIN_EXPIRED" ->
          new KeystoreException("the PIN of the " + slot + " has expired: set a new one", failure);
      case "CKR_USER_PIN_NOT_INITIALIZED" ->
          new KeystoreException("the " + slot + " has no user PIN yet: set one", failure);
      default ->
          new KeystoreException(
              "the " + slot + " cannot be used: " + reason + "; check that it is attached",
              failure);
    };
  }

  static KeystoreException locked(TokenSlot slot) {
    return new KeystoreException(
        "the PIN of the " + slot + " is locked: have its security officer set a new one");
  }

  static KeystoreException lastTry(TokenSlot slot) {
    return new KeystoreException(
        "one more wrong PIN would lock the "
            + slot
            + ", so none is tried: log in to it once with another tool, or set its PIN anew");
  }

  static KeystoreException of(TokenSlot slot, Throwable failure) {
    if (failure instanceof KeystoreException already) {
      return already;
    }
    return new KeystoreException(
        "the "
            + slot
            + " does not do what was asked ("
            + reason(failure)
            + "): check that it is attached and can be written, and restart",
        failure);
  }
}

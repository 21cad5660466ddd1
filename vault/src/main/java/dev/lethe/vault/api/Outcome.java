package dev.lethe.vault.api;

/**
 * What became of a request: {@link Done}, or one of the expected refusals. Expected outcomes are
 * values; a failed future means a bug.
 *
 * @param <T> what a fulfilled request answers
 */
public sealed interface Outcome<T> extends BusMessage {
  /** Fulfilled. */
  record Done<T>(T value) implements Outcome<T> {}

  /** Why a request was not fulfilled; each leaves everything as it was. */
  enum Refusal {
    /** There is nothing of that name, or no data at all. */
    NOT_FOUND,
    /** The token is older than the person's erasure. */
    TOKEN_REVOKED,
    /** The version that the caller named is not the present one. */
    STALE_VERSION,
    /** The idempotency key was used for another body. */
    KEY_REUSED,
    /** The person's data is restricted: nothing is added to it. */
    RESTRICTED,
    /** Another one of these is under way. */
    CONFLICT,
    /**
     * Store, ledger or keystore are away, or the deadline passed; try again. Nothing was
     * acknowledged.
     */
    UNAVAILABLE
  }

  /** Not fulfilled, for an expected reason. */
  record Refused<T>(Refusal reason) implements Outcome<T> {}

  static <T> Outcome<T> done(T value) {
    return new Done<>(value);
  }

  static <T> Outcome<T> refused(Refusal reason) {
    return new Refused<>(reason);
  }
}

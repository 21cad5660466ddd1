package dev.lethe.vault.api;

/**
 * A person as an issuer names them. Never logged, stored or printed: the vault turns it into a
 * pseudonym at once.
 *
 * @param issuer the {@code iss} of the person's tokens
 * @param subject the {@code sub} of the person's tokens
 */
public record SubjectRef(String issuer, String subject) {
  @Override
  public String toString() {
    return "SubjectRef[hidden]";
  }
}

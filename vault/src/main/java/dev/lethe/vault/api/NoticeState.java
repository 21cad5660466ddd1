package dev.lethe.vault.api;

import java.time.Instant;
import java.util.Locale;

/**
 * How a notice stands.
 *
 * @param receiver its configured name
 * @param event {@code erased} or {@code withdrawn}
 * @param at when it was queued, acknowledged or refused
 */
public record NoticeState(String receiver, String event, State state, Instant at) {
  /** How far it is. */
  public enum State {
    WAITING,
    ACKNOWLEDGED,
    REFUSED;

    /** The name in the HTTP interface. */
    public String wireName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}

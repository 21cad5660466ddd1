package dev.lethe.bench.edge;

/** Who an instance is measured beside. */
public enum Peer {
  /** A {@link BareServer}: HTTPS and one read of Redis. */
  BARE("bare server"),
  /** The same gateway and ranker over JSON in Redis, without keys, consent or access log. */
  PLAIN("plain JSON");

  private final String text;

  Peer(String text) {
    this.text = text;
  }

  /** For people. */
  String text() {
    return text;
  }
}

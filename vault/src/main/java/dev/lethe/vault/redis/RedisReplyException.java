package dev.lethe.vault.redis;

/** Redis answered a command with an error that trying again does not mend: a bug, or a refusal. */
public final class RedisReplyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedisReplyException(String reply) {
    super(withoutArguments(reply), null, false, false);
  }

  /** The first word, such as {@code NOSCRIPT} or {@code NOPERM}. */
  String code() {
    return code(String.valueOf(getMessage()));
  }

  static String code(String reply) {
    var end = reply.indexOf(' ');
    return end < 0 ? reply : reply.substring(0, end);
  }

  /** "unknown command" repeats what the command was given, which may be anything. */
  private static String withoutArguments(String reply) {
    var start = reply.indexOf(", with args");
    return start < 0 ? reply : reply.substring(0, start);
  }
}

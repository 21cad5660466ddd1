package dev.lethe.gateway.http;

/** What a route takes as a body. */
public sealed interface BodyRule {
  int ORDINARY = 64 * 1024;
  int LARGE = 256 * 1024;

  /** Most bytes that are taken. */
  long limit();

  /** Nothing; what comes all the same is thrown away. */
  record None() implements BodyRule {
    @Override
    public long limit() {
      return ORDINARY;
    }
  }

  /** JSON in memory. */
  record Json(int bytes, boolean required) implements BodyRule {
    @Override
    public long limit() {
      return bytes;
    }
  }

  /** Something large, streamed to a file. */
  record Upload(long limit, String mediaType) implements BodyRule {}

  /** Something large, taken as it arrives and never stored. */
  record Stream(long limit, String mediaType) implements BodyRule {}

  static BodyRule none() {
    return new None();
  }

  static BodyRule json(int bytes) {
    return new Json(bytes, true);
  }
}

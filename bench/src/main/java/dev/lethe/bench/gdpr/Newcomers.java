package dev.lethe.bench.gdpr;

import dev.lethe.bench.BenchException;
import dev.lethe.bench.edge.Viewers;
import dev.lethe.gateway.app.DevIssuer;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Tokens of people who are still to come, one after the other. */
final class Newcomers implements Supplier<String> {
  private final List<String> tokens;
  private final boolean again;
  private int next;

  /**
   * @param again whether the first come once more after the last, to a server that forgets whom it
   *     erased
   */
  Newcomers(List<String> tokens, boolean again) {
    this.tokens = tokens;
    this.again = again;
  }

  /** Signs their tokens, which takes a millisecond each. */
  static List<String> sign(DevIssuer issuer, int number) {
    return IntStream.range(0, number)
        .parallel()
        .mapToObj(n -> Viewers.newcomer(issuer, n))
        .toList();
  }

  @Override
  public String get() {
    if (next == tokens.size()) {
      if (!again) {
        throw new BenchException("more people come than tokens were signed for");
      }
      next = 0;
    }
    return tokens.get(next++);
  }
}

package dev.lethe.vault.subject;

import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.crypto.UnreadableException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/**
 * What a forget names, as sealed in its ledger entry: from, to and item, one a line, empty where
 * absent.
 */
final class ForgetFilterCodec {
  private ForgetFilterCodec() {}

  static byte[] encode(ForgetFilter filter) {
    return String.join(
            "\n",
            filter.from().map(Instant::toString).orElse(""),
            filter.to().map(Instant::toString).orElse(""),
            filter.item().orElse(""))
        .getBytes(StandardCharsets.UTF_8);
  }

  static ForgetFilter decode(byte[] bytes) {
    var lines = new String(bytes, StandardCharsets.UTF_8).split("\n", -1);
    if (lines.length != 3) {
      throw new UnreadableException("unknown format of a ledger entry's detail");
    }
    try {
      return new ForgetFilter(
          text(lines[0]).map(Instant::parse), text(lines[1]).map(Instant::parse), text(lines[2]));
    } catch (DateTimeException e) {
      throw new UnreadableException("unknown format of a ledger entry's detail");
    }
  }

  private static Optional<String> text(String line) {
    return line.isEmpty() ? Optional.empty() : Optional.of(line);
  }
}

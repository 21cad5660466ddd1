package dev.lethe.vault.ledger;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One line of a hash-chained file, without its newline. A line has exactly one spelling:
 *
 * <pre>{"seq":7,"at":"2026-11-24T06:33:33.123Z","prev":"…","body":{…},"hash":"…"}</pre>
 *
 * <p>{@code hash} is SHA-256 (FIPS 180-4) over the UTF-8 bytes of the line up to and including the
 * last brace of {@code body}, so it covers {@code prev}, {@code seq}, {@code at} and {@code body}
 * as they stand there. {@code prev} is the {@code hash} of the line before, 64 zeros in the first.
 * Both are lower-case hexadecimal.
 *
 * @param hashHolds whether the hash is that of the text
 */
record ChainLine(long seq, String at, String prev, String body, String hash, boolean hashHolds) {
  /** What the first line names as the hash before it. */
  static final String NOTHING_BEFORE = "0".repeat(64);

  /** Longest line that is written or read; stops a file of rubbish from filling the memory. */
  static final int MAX_BYTES = 1 << 20;

  private static final DateTimeFormatter INSTANT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);
  private static final Pattern HEAD =
      Pattern.compile(
          "\\{\"seq\":([1-9][0-9]{0,17}),\"at\":\"([0-9TZ:.-]{24})\","
              + "\"prev\":\"([0-9a-f]{64})\",\"body\":(?=\\{)");
  private static final Pattern TAIL = Pattern.compile("\\},\"hash\":\"([0-9a-f]{64})\"\\}");
  private static final int TAIL_LENGTH = 76;

  /** A line that is new, and the entry in it. */
  record Written(Entry entry, byte[] bytes) {}

  /** Writes the line of an entry, newline included. */
  static Written write(long seq, Instant at, String prev, String body) {
    var text =
        "{\"seq\":%d,\"at\":\"%s\",\"prev\":\"%s\",\"body\":%s"
            .formatted(seq, INSTANT.format(at), prev, body)
            .getBytes(UTF_8);
    var hash = HexFormat.of().formatHex(sha256(text));
    var end = (",\"hash\":\"" + hash + "\"}\n").getBytes(UTF_8);
    var line = Arrays.copyOf(text, text.length + end.length);
    System.arraycopy(end, 0, line, text.length, end.length);
    return new Written(new Entry(seq, at, hash, body), line);
  }

  /** Reads a line; empty when it does not have the shape of one. */
  static Optional<ChainLine> parse(byte[] line) {
    // One character per byte, so that positions in the text are positions in the line.
    var text = new String(line, ISO_8859_1);
    var head = HEAD.matcher(text);
    var tailAt = line.length - TAIL_LENGTH;
    if (!head.lookingAt() || tailAt < head.end()) {
      return Optional.empty();
    }
    var tail = TAIL.matcher(text).region(tailAt, line.length);
    if (!tail.matches()) {
      return Optional.empty();
    }
    var bodyEnd = tailAt + 1;
    var hash = tail.group(1);
    return Optional.of(
        new ChainLine(
            Long.parseLong(head.group(1)),
            head.group(2),
            head.group(3),
            new String(line, head.end(), bodyEnd - head.end(), UTF_8),
            hash,
            hash.equals(HexFormat.of().formatHex(sha256(Arrays.copyOf(line, bodyEnd))))));
  }

  /** What is wrong with this line behind {@code entries} good ones, if anything. */
  Optional<String> faultAfter(long entries, String head) {
    if (!hashHolds) {
      return Optional.of("its hash is not that of its text");
    }
    if (seq != entries + 1) {
      return Optional.of("it is numbered " + seq);
    }
    return prev.equals(head)
        ? Optional.empty()
        : Optional.of("it does not follow the entry before it");
  }

  Entry entry() {
    return new Entry(seq, Instant.parse(at), hash, body);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this Java lacks SHA-256", e);
    }
  }
}

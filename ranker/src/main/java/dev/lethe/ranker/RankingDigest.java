package dev.lethe.ranker;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.lethe.ranker.api.Ranking;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;

/**
 * Binds a list of titles with their scores: SHA-256 (FIPS 180-4) over, for each in its order, its
 * id in ASCII, a zero byte and its score as an IEEE 754 double, big endian. A score is written with
 * as many digits as bring the same double back, so this can be computed from the answer.
 */
final class RankingDigest {
  private RankingDigest() {}

  /** In base64url without padding. */
  static String of(List<Ranking.Item> items) {
    var sha256 = sha256();
    for (var item : items) {
      sha256.update(item.id().getBytes(US_ASCII));
      sha256.update((byte) 0);
      sha256.update(ByteBuffer.allocate(Double.BYTES).putDouble(item.score()).array());
    }
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}

package dev.lethe.vault.profile;

import java.time.Instant;
import java.time.ZoneOffset;

/**
 * Calendar quarters (UTC) as numbers: year times 4 plus 0..3. Events of one quarter share a field
 * key.
 */
final class Quarter {
  /** Of what belongs to no quarter: documents. */
  static final int NONE = 0;

  private Quarter() {}

  static int of(Instant at) {
    var date = at.atOffset(ZoneOffset.UTC);
    return date.getYear() * 4 + (date.getMonthValue() - 1) / 3;
  }
}

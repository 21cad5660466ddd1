package dev.lethe.vault.erasure;

import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.EpochRing;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * By when an epoch is destroyed, which is what makes an erasure unrecoverable.
 *
 * @param every how long an epoch lives at most
 */
public record DeletionPromise(EpochRing ring, Duration every, Clock clock) {
  /** A rotation that is due or under way is given this long. */
  private static final Duration ROTATION_TAKES = Duration.ofHours(1);

  Instant by(int epoch) {
    var soonest = clock.instant().plus(ROTATION_TAKES);
    var planned =
        ring.epochs().stream()
            .filter(info -> info.number() == epoch)
            .map(EpochInfo::createdAt)
            .map(created -> created.plus(every))
            .findFirst()
            .orElse(soonest);
    return Instant.ofEpochMilli((planned.isBefore(soonest) ? soonest : planned).toEpochMilli());
  }
}

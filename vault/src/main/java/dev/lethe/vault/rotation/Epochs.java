package dev.lethe.vault.rotation;

import dev.lethe.vault.api.Keys;
import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.EpochState;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.ledger.Ledger;
import dev.lethe.vault.redis.SubjectStore;
import io.vertx.core.Future;
import java.util.Locale;

/** Shows the epochs that there are. */
public record Epochs(Keystore keystore, Ledger ledger, SubjectStore store, Rotations rotations) {
  /**
   * All epochs; people are counted under the active one, and under a retiring one those that a
   * running pass has yet to reach.
   */
  public Future<Keys> keys() {
    return store
        .subjects()
        .map(
            people ->
                new Keys(
                    keystore.ring().active(),
                    keystore.ring().epochs().stream()
                        .filter(info -> info.state() != EpochState.PREPARED)
                        .map(info -> epoch(info, people))
                        .toList(),
                    ledger.index().pendingUnrecoverable()));
  }

  private Keys.Epoch epoch(EpochInfo info, long people) {
    long left = rotations.running().map(run -> run.left(people)).orElse(0L);
    long grants =
        info.state() == EpochState.ACTIVE
            ? people - left
            : info.state() == EpochState.RETIRING ? left : 0;
    return new Keys.Epoch(
        info.number(),
        info.state().name().toLowerCase(Locale.ROOT),
        info.createdAt(),
        info.destroyedAt(),
        grants);
  }
}

package dev.lethe.vault.keys;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.KeyBytes;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * The epochs of a running vault. Each purpose's keys stand apart, so that a component can be handed
 * those of one purpose alone.
 */
public final class EpochRing implements EpochKeys {
  private final Map<Purpose, Map<Integer, KeyBytes>> keys = new EnumMap<>(Purpose.class);
  private final Map<Integer, Integer> leases = new HashMap<>();
  private volatile List<EpochInfo> epochs;
  private volatile int active;
  private volatile SealingPermit permit = SealingPermit.UNBOUNDED;

  /** Keys of lower epochs were given up here, whatever the keystore holds. */
  private int givenUp;

  EpochRing(KeystoreContent content) {
    for (var purpose : Purpose.values()) {
      keys.put(purpose, new ConcurrentHashMap<>());
    }
    content.epochKeys().forEach((epoch, byPurpose) -> add(epoch, byPurpose));
    this.epochs = content.epochs();
    this.active = activeOf(content.epochs());
  }

  static int activeOf(List<EpochInfo> epochs) {
    return epochs.stream()
        .filter(epoch -> epoch.state() == EpochState.ACTIVE)
        .mapToInt(EpochInfo::number)
        .findFirst()
        .orElseThrow(() -> new KeystoreException("the keystore has no active epoch"));
  }

  /** The epoch that everything is sealed under now. */
  public int active() {
    return active;
  }

  /** All epochs that ever were, oldest first. */
  public List<EpochInfo> epochs() {
    return epochs;
  }

  /** Whether the keystore calls an epoch destroyed. */
  public synchronized boolean destroyed(int epoch) {
    return epochs.stream()
        .anyMatch(info -> info.number() == epoch && info.state() == EpochState.DESTROYED);
  }

  /** Whether keys of an epoch are not here, though the keystore does not call it destroyed. */
  public synchronized boolean lacks(int epoch) {
    return !destroyed(epoch)
        && keys.values().stream().anyMatch(byEpoch -> !byEpoch.containsKey(epoch));
  }

  @Override
  public Optional<KeyBytes> key(int epoch, Purpose purpose) {
    return forPurpose(purpose).key(epoch, purpose);
  }

  /** The keys of one purpose; the view reaches no other. */
  EpochKeys forPurpose(Purpose purpose) {
    var own = keys.getOrDefault(purpose, Map.of());
    return (epoch, asked) ->
        asked == purpose ? Optional.ofNullable(own.get(epoch)) : Optional.empty();
  }

  /** From now on a lease needs this permit. */
  public void require(SealingPermit needed) {
    permit = needed;
  }

  /**
   * A lease on the active epoch. After another was activated, no lease on this one is given.
   *
   * @throws SealingLapsedException when this node may not seal
   */
  public synchronized EpochLease leaseActive() {
    long until = permit.until();
    int epoch = active;
    leases.merge(epoch, 1, Integer::sum);
    return new EpochLease(epoch, until, () -> end(epoch));
  }

  private synchronized void end(int epoch) {
    leases.computeIfPresent(epoch, (same, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }

  /** How far this node has come. */
  public synchronized EpochView view() {
    var living = epochs.stream().filter(info -> info.state() != EpochState.DESTROYED).toList();
    int newest = living.stream().mapToInt(EpochInfo::number).max().orElse(active);
    int oldest = living.stream().mapToInt(EpochInfo::number).min().orElse(active);
    int sealing = leases.keySet().stream().mapToInt(Integer::intValue).min().orElse(active);
    return new EpochView(newest, active, Math.min(active, sealing), Math.max(oldest, givenUp));
  }

  /** Gives up the keys of all epochs before one that another node destroyed; zeroes them. */
  public synchronized void giveUpBefore(int epoch) {
    givenUp = Math.max(givenUp, epoch);
    keepOnly(kept -> kept >= givenUp);
  }

  /** How many still seal under an epoch. */
  public synchronized int leases(int epoch) {
    return leases.getOrDefault(epoch, 0);
  }

  private void add(int epoch, Map<Purpose, KeyBytes> byPurpose) {
    byPurpose.forEach(
        (purpose, key) -> {
          var before = keys.getOrDefault(purpose, Map.of()).put(epoch, key);
          if (before != null && !before.equals(key)) {
            before.destroy();
          }
        });
  }

  /** Takes over what was written; keys that are no longer in it are zeroed. */
  synchronized void take(KeystoreContent content) {
    content
        .epochKeys()
        .forEach(
            (epoch, byPurpose) -> {
              if (epoch >= givenUp) {
                add(epoch, byPurpose);
              }
            });
    active = activeOf(content.epochs());
    epochs = content.epochs();
    keepOnly(content.epochKeys()::containsKey);
  }

  private void keepOnly(IntPredicate kept) {
    for (var byEpoch : keys.values()) {
      byEpoch
          .entrySet()
          .removeIf(
              entry -> {
                boolean gone = !kept.test(entry.getKey());
                if (gone) {
                  entry.getValue().destroy();
                }
                return gone;
              });
    }
  }
}

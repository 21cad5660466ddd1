package dev.lethe.vault.keys;

import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.crypto.KeyBytes;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The life of epochs: prepared, active, retiring, destroyed. Each transition leads from one content
 * of a keystore to the next and writes nothing; one that was made before leads to the same content.
 */
record EpochTransitions(Clock clock, SecureRandom random) {
  private static final Logger LOG = LoggerFactory.getLogger(EpochTransitions.class);

  /** The content of a new installation, with its first epoch active. */
  KeystoreContent first(Function<SecureRandom, byte[]> newReceiptKey) {
    var empty =
        new KeystoreContent(
            1,
            UUID.randomUUID().toString(),
            false,
            freshKey(),
            newReceiptKey.apply(random),
            List.of(),
            Map.of(),
            List.of());
    return withEpoch(empty, 1, EpochState.ACTIVE);
  }

  /** Fresh keys for prepared epochs that lost theirs. */
  KeystoreContent mend(KeystoreContent old) {
    return old.withMissingKeys(this::freshKey);
  }

  /** {@link Keystore#prepare}. */
  KeystoreContent prepare(KeystoreContent old, RotationRecord rotation) {
    int active = EpochRing.activeOf(old.epochs());
    if (rotation.toEpoch() < active) {
      return overtaken(old, rotation, active);
    }
    var prepared =
        old.epoch(rotation.toEpoch()).isPresent()
            ? old
            : withEpoch(old, rotation.toEpoch(), EpochState.PREPARED);
    return prepared.withRotation(rotation);
  }

  /** It could never activate its epoch, and would keep every later rotation waiting. */
  private KeystoreContent overtaken(KeystoreContent old, RotationRecord rotation, int active) {
    var kept = old.rotation(rotation.id());
    if (kept.isEmpty()) {
      throw new IllegalStateException(
          "no rotation to epoch " + rotation.toEpoch() + " begins: epoch " + active + " is active");
    }
    if (kept.get().state() == Rotation.State.COMPLETE
        || old.epoch(rotation.fromEpoch())
            .filter(info -> info.state() == EpochState.DESTROYED)
            .isEmpty()) {
      return old;
    }
    LOG.warn(
        "rotation {} to epoch {} has nothing left to do and ends: epoch {} is active{}",
        rotation.id(),
        rotation.toEpoch(),
        active,
        rotation.rekey() ? "; it replaced no field keys, ask for that again" : "");
    return old.withRotation(rotation.complete(clock.instant()));
  }

  /** {@link Keystore#activate}. */
  KeystoreContent activate(KeystoreContent old, int epoch) {
    var state = old.epoch(epoch).map(EpochInfo::state);
    if (state.filter(EpochState.ACTIVE::equals).isPresent()) {
      return old;
    }
    if (state.filter(EpochState.PREPARED::equals).isEmpty()) {
      throw new IllegalStateException("epoch " + epoch + " is not prepared");
    }
    return old.withEpochs(
        info -> {
          if (info.number() == epoch) {
            return info.in(EpochState.ACTIVE);
          }
          return info.state() == EpochState.ACTIVE ? info.in(EpochState.RETIRING) : info;
        });
  }

  /** {@link Keystore#destroy}. */
  KeystoreContent destroy(KeystoreContent old, int epoch) {
    if (epoch == EpochRing.activeOf(old.epochs())) {
      throw new IllegalStateException("epoch " + epoch + " is active");
    }
    if (old.epoch(epoch).filter(info -> info.state() != EpochState.DESTROYED).isEmpty()) {
      return old;
    }
    return old.withoutKeys(epoch)
        .withEpochs(info -> info.number() == epoch ? info.destroyed(clock.instant()) : info);
  }

  private KeystoreContent withEpoch(KeystoreContent old, int number, EpochState state) {
    return old.withEpoch(
        new EpochInfo(number, state, clock.instant(), Optional.empty()), this::freshKey);
  }

  private KeyBytes freshKey() {
    return KeyBytes.random(random);
  }
}

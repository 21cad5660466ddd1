package dev.lethe.vault.keys;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.KeyBytes;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys of an installation. Every transition is written, read back and only then in force; each
 * can be repeated without harm. Methods that write block.
 */
public final class Keystore {
  private static final Logger LOG = LoggerFactory.getLogger(Keystore.class);

  private final ContentStore store;
  private final Clock clock;
  private final SecureRandom random;
  private final Pseudonyms pseudonyms;
  private final EpochRing ring;
  private volatile KeystoreContent content;
  private long generation;
  private boolean healthy = true;

  private Keystore(ContentStore store, KeystoreContent content, Clock clock, SecureRandom random) {
    this.store = store;
    this.content = content;
    this.generation = content.generation();
    this.clock = clock;
    this.random = random;
    this.pseudonyms = new Pseudonyms(content.pepper());
    this.ring = new EpochRing(content);
  }

  /**
   * Opens the keystore of a folder, or makes one with its first epoch.
   *
   * @param newReceiptKey makes a private key for receipts, PKCS#8
   * @throws KeystoreException when it does not open, with the reason in one line
   */
  public static Keystore open(
      Path folder,
      char[] passphrase,
      Clock clock,
      SecureRandom random,
      Function<SecureRandom, byte[]> newReceiptKey) {
    var access = new KeystoreAccess.Passphrase(new String(passphrase));
    return open(KeystorePlace.in(folder), access, clock, random, newReceiptKey);
  }

  /**
   * Opens the keystore of a place, or makes one with its first epoch. Copies that are missing or
   * behind are rewritten before this returns, and what a crash cut off is finished.
   *
   * @param newReceiptKey makes a private key for receipts, PKCS#8
   * @throws KeystoreException when it does not open, with the reason in one line
   */
  public static Keystore open(
      KeystorePlace place,
      KeystoreAccess access,
      Clock clock,
      SecureRandom random,
      Function<SecureRandom, byte[]> newReceiptKey) {
    return open(KeystoreFile.of(place, access), clock, random, newReceiptKey);
  }

  /**
   * Opens the keystore of a folder for reading, and changes nothing anywhere, whether an instance
   * runs on it or it is an older copy: then keys that were destroyed in a token are not in it.
   *
   * @throws KeystoreException when it does not open, with the reason in one line
   */
  public static Keystore openExisting(Path folder, KeystoreAccess access, Clock clock) {
    var store = KeystoreFile.of(KeystorePlace.in(folder), access);
    return new Keystore(store, store.peek(), clock, new SecureRandom());
  }

  static Keystore open(
      ContentStore store,
      Clock clock,
      SecureRandom random,
      Function<SecureRandom, byte[]> newReceiptKey) {
    if (!store.exists()) {
      store.store(firstContent(clock, random, newReceiptKey));
    }
    var content = store.load();
    var mended = content.withMissingKeys(() -> KeyBytes.random(random));
    if (!mended.equals(content)) {
      store.store(mended.inGeneration(content.generation() + 1));
      content = store.load();
    }
    return new Keystore(store, content, clock, random);
  }

  private static KeystoreContent firstContent(
      Clock clock, SecureRandom random, Function<SecureRandom, byte[]> newReceiptKey) {
    var empty =
        new KeystoreContent(
            1,
            UUID.randomUUID().toString(),
            false,
            KeyBytes.random(random),
            newReceiptKey.apply(random),
            List.of(),
            Map.of(),
            List.of());
    return empty.withEpoch(
        new EpochInfo(1, EpochState.ACTIVE, clock.instant(), Optional.empty()),
        () -> KeyBytes.random(random));
  }

  /** Whether a folder holds a keystore. */
  public static boolean existsIn(Path folder) {
    return KeystorePlace.in(folder).exists();
  }

  public String installationId() {
    return content.installationId();
  }

  /** Tells peppers apart without telling anything of them. */
  public String pepperFingerprint() {
    return pseudonyms.mac("pepper-fingerprint", "");
  }

  /** Private key of the receipts, PKCS#8; secret. */
  public byte[] receiptKey() {
    return content.receiptKey().clone();
  }

  public Pseudonyms pseudonyms() {
    return pseudonyms;
  }

  public EpochRing ring() {
    return ring;
  }

  /** The epoch keys of one purpose, for the component that serves it. */
  public EpochKeys forPurpose(Purpose purpose) {
    return ring.forPurpose(purpose);
  }

  /** Whether a Redis was ever used with these keys. */
  public boolean claimed() {
    return content.claimed();
  }

  /**
   * Takes over what another process wrote, when it is newer than what is known here; an older state
   * that it put back is replaced. Keys that are no longer in it are zeroed. Blocks.
   *
   * @throws KeystoreException when the keystore cannot be read, or is another one
   */
  public synchronized void refresh() {
    store.changedElsewhere().ifPresent(this::takeOver);
  }

  private void takeOver(KeystoreContent found) {
    if (!found.installationId().equals(content.installationId())
        || !found.pepper().equals(content.pepper())) {
      throw new KeystoreException("the keystore was replaced by that of another installation");
    }
    if (found.generation() > content.generation()) {
      content = found.withKeys(sameKeys(found));
      generation = Math.max(generation, found.generation());
      ring.take(content);
    } else if (!found.sameAs(content)) {
      LOG.warn("another process put an older keystore back: it is written anew");
      write(content);
    }
  }

  /** Keys that are here already are not kept twice. */
  private Map<Integer, Map<Purpose, KeyBytes>> sameKeys(KeystoreContent found) {
    var all = new HashMap<>(found.epochKeys());
    all.replaceAll(
        (epoch, theirs) -> {
          var ours = content.epochKeys().getOrDefault(epoch, Map.of());
          if (!ours.equals(theirs)) {
            return theirs;
          }
          theirs.values().forEach(KeyBytes::destroy);
          return ours;
        });
    return all;
  }

  public void markClaimed() {
    if (!content.claimed()) {
      change(KeystoreContent::claim);
    }
  }

  /**
   * Makes the epoch that a rotation leads to, unless it exists. When others have gone beyond it and
   * destroyed the old one, a rotation that is kept already is kept as complete.
   *
   * @throws IllegalStateException when others have gone beyond it, and it is not kept yet
   */
  public int prepare(RotationRecord rotation) {
    change(
        old -> {
          int active = EpochRing.activeOf(old.epochs());
          if (rotation.toEpoch() < active) {
            return overtaken(old, rotation, active);
          }
          var prepared =
              old.epoch(rotation.toEpoch()).isPresent()
                  ? old
                  : old.withEpoch(
                      new EpochInfo(
                          rotation.toEpoch(),
                          EpochState.PREPARED,
                          clock.instant(),
                          Optional.empty()),
                      () -> KeyBytes.random(random));
          return prepared.withRotation(rotation);
        });
    return rotation.toEpoch();
  }

  /** It could never activate its epoch, and would keep every later rotation waiting. */
  private KeystoreContent overtaken(KeystoreContent old, RotationRecord rotation, int active) {
    var kept = old.rotations().stream().filter(one -> one.id().equals(rotation.id())).findFirst();
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

  /**
   * Makes a prepared epoch the active one; the one that was retires.
   *
   * @throws IllegalStateException when it is not prepared, or its time is over
   */
  public void activate(int epoch) {
    change(
        old -> {
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
        });
  }

  /**
   * Destroys an epoch: its keys go out of every copy of the file, each is read back, then what
   * wrapped them out of the token, where there is one, and they are zeroed here.
   *
   * @throws IllegalStateException when it is the active one
   */
  public void destroy(int epoch) {
    change(
        old -> {
          if (epoch == EpochRing.activeOf(old.epochs())) {
            throw new IllegalStateException("epoch " + epoch + " is active");
          }
          if (old.epoch(epoch).filter(info -> info.state() != EpochState.DESTROYED).isEmpty()) {
            return old;
          }
          return old.withoutKeys(epoch)
              .withEpochs(info -> info.number() == epoch ? info.destroyed(clock.instant()) : info);
        });
  }

  /**
   * Keeps how a rotation stands. One that is complete stays so, whatever another node, which was
   * stopped meanwhile, remembers of it.
   *
   * @param rotation asked when it is written, so that the last state is the one that stays
   */
  public void saveRotation(Supplier<RotationRecord> rotation) {
    change(old -> old.withRotation(rotation.get()));
  }

  /** The rotation that is not finished, if there is one; of several, the one that goes first. */
  public Optional<RotationRecord> currentRotation() {
    return content.rotations().stream()
        .filter(rotation -> rotation.state() != Rotation.State.COMPLETE)
        .min(Comparator.comparingInt(RotationRecord::fromEpoch));
  }

  /** Whether a rotation to an epoch is under way that replaces field keys too. */
  public boolean rekeys(int toEpoch) {
    return content.rotations().stream()
        .anyMatch(
            rotation ->
                rotation.rekey()
                    && rotation.toEpoch() == toEpoch
                    && rotation.state() != Rotation.State.COMPLETE);
  }

  public Optional<RotationRecord> rotation(String id) {
    return content.rotations().stream().filter(rotation -> rotation.id().equals(id)).findFirst();
  }

  /**
   * Whether the last write succeeded, every copy is there, and another could be written. Blocks: a
   * write under way is waited for, since it is neither yet, and a token is asked.
   */
  public boolean healthy() {
    synchronized (this) {
      if (!healthy) {
        return false;
      }
    }
    return store.whole();
  }

  /** What is changed is the newest state, whoever wrote it. */
  private synchronized void change(UnaryOperator<KeystoreContent> transition) {
    try {
      refresh();
    } catch (KeystoreException e) {
      healthy = false;
      throw e;
    }
    var next = transition.apply(content);
    if (!next.equals(content)) {
      write(next);
    }
  }

  private void write(KeystoreContent changed) {
    healthy = false;
    // Never the same twice: a copy may hold what another could not take.
    generation++;
    var next = changed.inGeneration(generation);
    store.store(next);
    content = next;
    ring.take(next);
    healthy = true;
  }
}

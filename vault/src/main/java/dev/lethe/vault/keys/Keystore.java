package dev.lethe.vault.keys;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.EpochKeys;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The keys of an installation. Every transition is written, read back and only then in force; each
 * can be repeated without harm. Methods that write block.
 */
public final class Keystore {
  private final EpochTransitions transitions;
  private final Pseudonyms pseudonyms;
  private final EpochRing ring;
  private final CurrentContent current;

  private Keystore(ContentStore store, KeystoreContent content, EpochTransitions transitions) {
    this.transitions = transitions;
    this.pseudonyms = new Pseudonyms(content.pepper());
    this.ring = new EpochRing(content);
    this.current = new CurrentContent(store, content, ring);
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
    return new Keystore(store, store.peek(), new EpochTransitions(clock, new SecureRandom()));
  }

  static Keystore open(
      ContentStore store,
      Clock clock,
      SecureRandom random,
      Function<SecureRandom, byte[]> newReceiptKey) {
    var transitions = new EpochTransitions(clock, random);
    if (!store.exists()) {
      store.store(transitions.first(newReceiptKey));
    }
    var content = store.load();
    var mended = transitions.mend(content);
    if (!mended.equals(content)) {
      store.store(mended.inGeneration(content.generation() + 1));
      content = store.load();
    }
    return new Keystore(store, content, transitions);
  }

  /** Whether a folder holds a keystore. */
  public static boolean existsIn(Path folder) {
    return KeystorePlace.in(folder).exists();
  }

  public String installationId() {
    return current.get().installationId();
  }

  /** Tells peppers apart without telling anything of them. */
  public String pepperFingerprint() {
    return pseudonyms.mac("pepper-fingerprint", "");
  }

  /** Private key of the receipts, PKCS#8; secret. */
  public byte[] receiptKey() {
    return current.get().receiptKey().clone();
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
    return current.get().claimed();
  }

  /**
   * Takes over what another process wrote, when it is newer than what is known here; an older state
   * that it put back is replaced. Keys that are no longer in it are zeroed. Blocks.
   *
   * @throws KeystoreException when the keystore cannot be read, or is another one
   */
  public void refresh() {
    current.refresh();
  }

  public void markClaimed() {
    if (!claimed()) {
      current.change(KeystoreContent::claim);
    }
  }

  /**
   * Makes the epoch that a rotation leads to, unless it exists. When others have gone beyond it and
   * destroyed the old one, a rotation that is kept already is kept as complete.
   *
   * @throws IllegalStateException when others have gone beyond it, and it is not kept yet
   */
  public int prepare(RotationRecord rotation) {
    current.change(old -> transitions.prepare(old, rotation));
    return rotation.toEpoch();
  }

  /**
   * Makes a prepared epoch the active one; the one that was retires.
   *
   * @throws IllegalStateException when it is not prepared, or its time is over
   */
  public void activate(int epoch) {
    current.change(old -> transitions.activate(old, epoch));
  }

  /**
   * Destroys an epoch: its keys go out of every copy of the file, each is read back, then what
   * wrapped them out of the token, where there is one, and they are zeroed here.
   *
   * @throws IllegalStateException when it is the active one
   */
  public void destroy(int epoch) {
    current.change(old -> transitions.destroy(old, epoch));
  }

  /**
   * Keeps how a rotation stands. One that is complete stays so, whatever another node, which was
   * stopped meanwhile, remembers of it.
   *
   * @param rotation asked when it is written, so that the last state is the one that stays
   */
  public void saveRotation(Supplier<RotationRecord> rotation) {
    current.change(old -> old.withRotation(rotation.get()));
  }

  /** The rotation that is not finished, if there is one; of several, the one that goes first. */
  public Optional<RotationRecord> currentRotation() {
    return current.get().currentRotation();
  }

  /** Whether a rotation to an epoch is under way that replaces field keys too. */
  public boolean rekeys(int toEpoch) {
    return current.get().rekeys(toEpoch);
  }

  public Optional<RotationRecord> rotation(String id) {
    return current.get().rotation(id);
  }

  /**
   * Whether the last write succeeded, every copy is there, and another could be written. Blocks: a
   * write under way is waited for, since it is neither yet, and a token is asked.
   */
  public boolean healthy() {
    return current.healthy();
  }
}

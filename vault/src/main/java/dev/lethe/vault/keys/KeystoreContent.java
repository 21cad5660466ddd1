package dev.lethe.vault.keys;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import dev.lethe.vault.crypto.KeyBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Everything that a keystore keeps.
 *
 * @param generation counts the changes; of two copies the one with more is the newer
 * @param claimed whether a Redis was ever used with it
 * @param receiptKey private key of the receipts, PKCS#8
 * @param epochKeys of epochs that are not destroyed, as far as they can still be had
 * @param rotations oldest first
 */
record KeystoreContent(
    long generation,
    String installationId,
    boolean claimed,
    KeyBytes pepper,
    byte[] receiptKey,
    List<EpochInfo> epochs,
    Map<Integer, Map<Purpose, KeyBytes>> epochKeys,
    List<RotationRecord> rotations) {
  private static final int ROTATIONS_KEPT = 100;

  KeystoreContent inGeneration(long number) {
    return new KeystoreContent(
        number, installationId, claimed, pepper, receiptKey, epochs, epochKeys, rotations);
  }

  /** Whether another holds the very same. */
  boolean sameAs(KeystoreContent other) {
    return generation == other.generation
        && installationId.equals(other.installationId)
        && claimed == other.claimed
        && pepper.equals(other.pepper)
        && Arrays.equals(receiptKey, other.receiptKey)
        && epochs.equals(other.epochs)
        && epochKeys.equals(other.epochKeys)
        && rotations.equals(other.rotations);
  }

  KeystoreContent claim() {
    return new KeystoreContent(
        generation, installationId, true, pepper, receiptKey, epochs, epochKeys, rotations);
  }

  /** The same when a rotation of that id is complete. */
  KeystoreContent withRotation(RotationRecord rotation) {
    if (rotations.stream()
        .anyMatch(other -> other.id().equals(rotation.id()) && other.state() == State.COMPLETE)) {
      return this;
    }
    var all = new ArrayList<>(rotations);
    all.removeIf(other -> other.id().equals(rotation.id()));
    all.add(rotation);
    int surplus = Math.max(0, all.size() - ROTATIONS_KEPT);
    return new KeystoreContent(
        generation,
        installationId,
        claimed,
        pepper,
        receiptKey,
        epochs,
        epochKeys,
        List.copyOf(all.subList(surplus, all.size())));
  }

  KeystoreContent withEpoch(EpochInfo epoch, Supplier<KeyBytes> fresh) {
    var infos = new ArrayList<>(epochs);
    infos.add(epoch);
    var keys = new HashMap<>(epochKeys);
    keys.put(epoch.number(), forAllPurposes(fresh));
    return new KeystoreContent(
        generation,
        installationId,
        claimed,
        pepper,
        receiptKey,
        List.copyOf(infos),
        Map.copyOf(keys),
        rotations);
  }

  KeystoreContent withEpochs(UnaryOperator<EpochInfo> change) {
    return new KeystoreContent(
        generation,
        installationId,
        claimed,
        pepper,
        receiptKey,
        epochs.stream().map(change).toList(),
        epochKeys,
        rotations);
  }

  KeystoreContent withoutKeys(int epoch) {
    var keys = new HashMap<>(epochKeys);
    keys.remove(epoch);
    return withKeys(keys);
  }

  KeystoreContent withKeys(Map<Integer, Map<Purpose, KeyBytes>> keys) {
    return new KeystoreContent(
        generation,
        installationId,
        claimed,
        pepper,
        receiptKey,
        epochs,
        Map.copyOf(keys),
        rotations);
  }

  /** Fresh keys for epochs that lost theirs before anything was sealed under them. */
  KeystoreContent withMissingKeys(Supplier<KeyBytes> fresh) {
    var keys = new HashMap<>(epochKeys);
    for (var epoch : living()) {
      if (epoch.state() == EpochState.PREPARED) {
        keys.computeIfAbsent(epoch.number(), missing -> forAllPurposes(fresh));
      }
    }
    return keys.equals(epochKeys) ? this : withKeys(keys);
  }

  private static Map<Purpose, KeyBytes> forAllPurposes(Supplier<KeyBytes> fresh) {
    var byPurpose = new EnumMap<Purpose, KeyBytes>(Purpose.class);
    for (var purpose : Purpose.values()) {
      byPurpose.put(purpose, fresh.get());
    }
    return byPurpose;
  }

  /** Epochs that are not destroyed. */
  List<EpochInfo> living() {
    return epochs.stream().filter(epoch -> epoch.state() != EpochState.DESTROYED).toList();
  }

  Optional<EpochInfo> epoch(int number) {
    return epochs.stream().filter(epoch -> epoch.number() == number).findFirst();
  }

  Optional<RotationRecord> rotation(String id) {
    return rotations.stream().filter(rotation -> rotation.id().equals(id)).findFirst();
  }

  /** The rotation that is not finished, if there is one; of several, the one that goes first. */
  Optional<RotationRecord> currentRotation() {
    return unfinished().min(Comparator.comparingInt(RotationRecord::fromEpoch));
  }

  /** Whether a rotation to an epoch is under way that replaces field keys too. */
  boolean rekeys(int toEpoch) {
    return unfinished().anyMatch(rotation -> rotation.rekey() && rotation.toEpoch() == toEpoch);
  }

  private Stream<RotationRecord> unfinished() {
    return rotations.stream().filter(rotation -> rotation.state() != State.COMPLETE);
  }

  @Override
  public String toString() {
    return "KeystoreContent[hidden]";
  }
}

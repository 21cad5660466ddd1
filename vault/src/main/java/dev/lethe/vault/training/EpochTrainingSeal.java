package dev.lethe.vault.training;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SealedForTraining;
import dev.lethe.vault.api.TrainingSeal;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.profile.OpenSubject;
import java.util.Optional;
import java.util.function.IntSupplier;

/**
 * Seals under the epoch key of training.
 *
 * @param active the epoch that is sealed under
 * @param keys of training; asked for no others
 */
public record EpochTrainingSeal(IntSupplier active, EpochKeys keys, Sealer sealer)
    implements TrainingSeal {
  private static final String MODEL = "model";

  /** A model is of nobody in particular. No pseudonym is empty. */
  private static final SubjectLife EVERYBODY = new SubjectLife("", 0);

  @Override
  public int epoch() {
    return active.getAsInt();
  }

  @Override
  public SealedForTraining contribution(String pseudonym, long life, byte[] plaintext) {
    return seal(Sealer.CONTRIBUTION, new SubjectLife(pseudonym, life), plaintext);
  }

  @Override
  public Optional<byte[]> contribution(String pseudonym, long life, SealedForTraining sealed) {
    return open(Sealer.CONTRIBUTION, new SubjectLife(pseudonym, life), sealed);
  }

  /**
   * What is kept of what was counted of somebody, sealed for the trainer; empty when nothing is, or
   * it does not open: a trainer knows by itself whom it has counted.
   */
  public Optional<SealedForTraining> kept(OpenSubject subject) {
    var life = subject.subject();
    try {
      return subject.contribution().map(plain -> seal(Sealer.CONTRIBUTION, life, plain));
    } catch (UnreadableException e) {
      return Optional.empty(); // which the sealer has counted and told
    }
  }

  @Override
  public SealedForTraining model(byte[] plaintext) {
    return seal(MODEL, EVERYBODY, plaintext);
  }

  @Override
  public Optional<byte[]> model(SealedForTraining sealed) {
    return open(MODEL, EVERYBODY, sealed);
  }

  private SealedForTraining seal(String kind, SubjectLife subject, byte[] plaintext) {
    int epoch = epoch();
    return new SealedForTraining(
        epoch, sealer.sealNote(key(epoch).orElseThrow(), kind, subject, plaintext));
  }

  private Optional<byte[]> open(String kind, SubjectLife subject, SealedForTraining sealed) {
    try {
      return key(sealed.epoch()).map(key -> sealer.openNote(key, kind, subject, sealed.blob()));
    } catch (UnreadableException e) {
      return Optional.empty(); // which the sealer has counted and told
    } catch (IllegalStateException e) {
      return Optional.empty(); // the epoch was destroyed between finding and using its key
    }
  }

  private Optional<KeyBytes> key(int epoch) {
    return keys.key(epoch, Purpose.TRAINING);
  }
}

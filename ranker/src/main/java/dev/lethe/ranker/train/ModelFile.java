package dev.lethe.ranker.train;

import dev.lethe.vault.api.SealedForTraining;
import dev.lethe.vault.api.TrainingSeal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/**
 * The model that is served after a start, until one is learned: sealed under the epoch key of
 * training, so that copies of it die with the epoch. It is taken away before anybody is forgotten
 * and written again afterwards, so after a crash it is either without them or not there. Blocks.
 */
public final class ModelFile {
  private final Path file;

  /** The next one, until it is whole. */
  private final Path fresh;

  private final TrainingSeal seal;
  private int epoch;

  /**
   * @param folder that only its owner can read
   */
  public ModelFile(Path folder, TrainingSeal seal) {
    this.file = folder.resolve("model.sealed");
    this.fresh = folder.resolve("model.sealed.new");
    this.seal = seal;
  }

  /** What was written last; empty when nothing was, or it no longer opens. */
  Optional<StoredModel> read() throws IOException {
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    var bytes = ByteBuffer.wrap(Files.readAllBytes(file));
    if (bytes.remaining() < Integer.BYTES) {
      return Optional.empty();
    }
    epoch = bytes.getInt();
    byte[] blob = new byte[bytes.remaining()];
    bytes.get(blob);
    var opened = seal.model(new SealedForTraining(epoch, blob));
    return opened.isEmpty() ? Optional.empty() : StoredModelCodec.decode(opened.get());
  }

  /** Writes a model as a whole or not at all, and for good. */
  void write(StoredModel model) throws IOException {
    var sealed = seal.model(StoredModelCodec.encode(model));
    Files.deleteIfExists(fresh);
    try (var channel =
        FileChannel.open(
            fresh,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      var bytes = ByteBuffer.allocate(Integer.BYTES + sealed.blob().length);
      bytes.putInt(sealed.epoch()).put(sealed.blob()).flip();
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    force();
    epoch = sealed.epoch();
  }

  /** Takes it away for good. */
  public void delete() throws IOException {
    boolean begun = Files.deleteIfExists(fresh);
    if (Files.deleteIfExists(file) || begun) {
      force();
    }
  }

  /** Whether it is sealed under an epoch that is not sealed under any more. */
  boolean isOld() {
    return epoch != seal.epoch();
  }

  private void force() throws IOException {
    try (var folder =
        FileChannel.open(file.toAbsolutePath().getParent(), StandardOpenOption.READ)) {
      folder.force(true);
    }
  }
}

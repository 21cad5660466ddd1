package dev.lethe.ranker.train;

import dev.lethe.ranker.model.Models;
import dev.lethe.ranker.model.Taught;
import java.io.IOException;
import java.util.Optional;

/** What is served of what was learned, and its copy for the next start. Confined to one worker. */
final class ServedModel {
  private final Models models;
  private final ModelFile file;
  private Optional<Taught> served = Optional.empty();
  private boolean written;

  ServedModel(Models models, ModelFile file) {
    this.models = models;
    this.file = file;
  }

  /** Serves what was written before the last stop; answers whether there was anything. */
  boolean open() throws IOException {
    served = file.read();
    written = true;
    models.serveAgreed(served);
    return served.isPresent();
  }

  /** Takes the copy away: after a crash nobody must come back who is being forgotten. */
  void withdraw() throws IOException {
    file.delete();
    written = false;
  }

  void serve(Optional<Taught> taught) {
    models.serveAgreed(taught);
    served = taught;
    written = false;
  }

  /** Writes the copy, if it is not what is served, or not under the present epoch. */
  void write() throws IOException {
    if (served.isEmpty()) {
      file.delete();
    } else if (!written || file.isOld()) {
      file.write(served.get());
    }
    written = true;
  }
}

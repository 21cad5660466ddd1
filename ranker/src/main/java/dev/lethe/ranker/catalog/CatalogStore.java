package dev.lethe.ranker.catalog;

import dev.lethe.ranker.api.CatalogVerdict;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * The catalogue in force. At start it is the one last uploaded ({@code catalog/catalog.ndjson} in
 * the data folder), else the configured file, else the one that comes with the program.
 *
 * <p>A replacement is copied beside the old file, read there, forced to disk and renamed into place
 * before it is in force: after a crash at any moment either the old or the new one is whole.
 */
public final class CatalogStore {
  private static final String DEFAULT = "/dev/lethe/ranker/catalog/default.ndjson";

  private final Path data;
  private final Path folder;
  private final Path file;
  private final Path incoming;
  private volatile Catalog current;

  private CatalogStore(Path data, Catalog current) {
    this.data = data;
    this.folder = folder(data);
    this.file = folder.resolve("catalog.ndjson");
    this.incoming = folder.resolve("incoming.ndjson");
    this.current = current;
  }

  /**
   * Reads the catalogue to start with. Blocks.
   *
   * @param data the data folder
   * @param configured file named by whoever runs the program
   * @throws CatalogException when it cannot be read or breaks the format
   */
  public static CatalogStore open(Path data, Optional<Path> configured) {
    var uploaded = folder(data).resolve("catalog.ndjson");
    var chosen = Files.exists(uploaded) ? Optional.of(uploaded) : configured;
    var name = chosen.map(Path::toString).orElse("the default catalogue");
    try (var in = chosen.isPresent() ? Files.newInputStream(chosen.get()) : defaultTitles()) {
      var read = CatalogLoader.load(in);
      if (read instanceof CatalogRead.Whole whole) {
        return new CatalogStore(data, whole.catalog());
      }
      var fault = (CatalogRead.CatalogFault) read;
      throw new CatalogException(name + ", line " + fault.line() + ": " + fault.what());
    } catch (IOException e) {
      throw new CatalogException(
          name + " cannot be read (" + e.getClass().getSimpleName() + ")", e);
    }
  }

  /** The catalogue in force now. */
  public Catalog current() {
    return current;
  }

  /**
   * Puts another catalogue in force, for good, or leaves everything as it was. Blocks; one at a
   * time. The given file stays where it is.
   *
   * @throws IOException when the disk fails; the old catalogue then stays in force
   */
  public synchronized CatalogVerdict replace(Path upload) throws IOException {
    Files.createDirectories(folder);
    try {
      Files.copy(upload, incoming, StandardCopyOption.REPLACE_EXISTING);
      CatalogRead read;
      try (var in = Files.newInputStream(incoming)) {
        read = CatalogLoader.load(in);
      }
      if (read instanceof CatalogRead.Whole whole) {
        force(incoming, StandardOpenOption.WRITE);
        Files.move(incoming, file, StandardCopyOption.ATOMIC_MOVE);
        force(folder, StandardOpenOption.READ);
        force(data, StandardOpenOption.READ);
        current = whole.catalog();
        return new CatalogVerdict.Accepted(whole.catalog().size());
      }
      var fault = (CatalogRead.CatalogFault) read;
      return new CatalogVerdict.Rejected(fault.line(), fault.what());
    } finally {
      Files.deleteIfExists(incoming);
    }
  }

  private static Path folder(Path data) {
    return data.resolve("catalog");
  }

  private static void force(Path path, StandardOpenOption mode) throws IOException {
    try (var channel = FileChannel.open(path, mode)) {
      channel.force(true);
    }
  }

  private static InputStream defaultTitles() throws IOException {
    var in = CatalogStore.class.getResourceAsStream(DEFAULT);
    if (in == null) {
      throw new FileNotFoundException(DEFAULT);
    }
    return in;
  }
}

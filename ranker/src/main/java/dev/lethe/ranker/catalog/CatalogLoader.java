package dev.lethe.ranker.catalog;

import dev.lethe.ranker.api.Title;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;

/**
 * Reads a catalogue file: NDJSON, one title a line, refused whole at the first line that breaks the
 * format. One line is held at a time beside the titles read. An empty line is allowed at the end
 * only.
 */
public final class CatalogLoader {
  private CatalogLoader() {}

  /**
   * Reads to the end of the stream, or to the first fault. Blocks; does not close the stream.
   *
   * @throws IOException when the stream cannot be read
   */
  public static CatalogRead load(InputStream in) throws IOException {
    var digest = sha256();
    var lines = new Lines(new DigestInputStream(in, digest));
    var reader = new TitleReader();
    var titles = new ArrayList<Title>();
    var ids = new HashSet<String>();
    int number = 0;
    int blank = 0;
    try {
      for (number = 1; ; number++) {
        Optional<String> line = lines.next();
        if (blank > 0 && line.isPresent()) {
          return new CatalogRead.CatalogFault(blank, "empty line");
        }
        if (line.isEmpty()) {
          break;
        }
        if (line.get().isBlank()) {
          blank = number;
          continue;
        }
        var title = reader.read(line.get());
        if (!ids.add(title.id())) {
          return new CatalogRead.CatalogFault(number, "duplicate id " + title.id());
        }
        titles.add(title);
      }
    } catch (LineFaultException e) {
      // What follows an empty line can only be worse: the empty line is the first fault.
      return blank > 0
          ? new CatalogRead.CatalogFault(blank, "empty line")
          : new CatalogRead.CatalogFault(number, e.what());
    }
    if (titles.isEmpty()) {
      return new CatalogRead.CatalogFault(1, "no titles");
    }
    return new CatalogRead.Whole(new Catalog(titles, HexFormat.of().formatHex(digest.digest())));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}

package dev.lethe.vault.proof;

import java.io.IOException;
import java.util.function.Consumer;

/** Something that Redis wrote or holds, read as the commands that wrote it. */
public interface Source {
  /** What it is, for people. */
  String name();

  /**
   * Shows everything once; may be read again.
   *
   * @throws IOException when it cannot be read to its end
   */
  void read(Consumer<AofCommand> visitor) throws IOException;
}

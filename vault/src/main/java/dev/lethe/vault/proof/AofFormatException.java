package dev.lethe.vault.proof;

import java.io.IOException;

/**
 * A file is not the append-only file of Redis that it should be; says where and why, in one line.
 */
public final class AofFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  AofFormatException(String message) {
    super(message);
  }
}

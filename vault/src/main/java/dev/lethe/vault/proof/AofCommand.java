package dev.lethe.vault.proof;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.List;
import java.util.Locale;

/**
 * One command as Redis wrote it down.
 *
 * @param words its name and its arguments, at least the name; not to be changed
 */
public record AofCommand(List<byte[]> words) {
  /** The name in upper case. */
  public String name() {
    return text(0).toUpperCase(Locale.ROOT);
  }

  /** How many words there are, the name included. */
  public int size() {
    return words.size();
  }

  /** A word as it is; the name is word 0. */
  public byte[] word(int index) {
    return words.get(index);
  }

  /** A word as text, one character for each byte. */
  public String text(int index) {
    return new String(words.get(index), ISO_8859_1);
  }

  @Override
  public String toString() {
    return "AofCommand[hidden]";
  }
}

package dev.lethe.vault;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Looks for keys among the live objects of this process: the bytes of each half of a key, as they
 * are and with the bytes of each word turned around. The halves of an AES-256 key are the first two
 * round keys of its schedule (FIPS 197, section 5.2), and a dump writes words with the highest byte
 * first, so a schedule is found too, wherever it was expanded.
 *
 * <p>Holds what it looks for only under a mask, so that it does not find itself.
 */
final class HeapScan {
  private static final int HALF = 16;
  private static final int CHUNK = 1 << 20;

  private final byte[] mask = new byte[HALF];
  private final int maskStart;
  private final Map<Integer, List<Wanted>> wanted = new HashMap<>();

  private record Wanted(String name, byte[] masked) {}

  HeapScan() {
    new SecureRandom().nextBytes(mask);
    maskStart = ByteBuffer.wrap(mask).getInt();
  }

  /** Looks for a key from now on; wipes nothing of what it is given. */
  void want(String name, byte[] key) {
    for (int from = 0; from < key.length; from += HALF) {
      want(name + " half " + from / HALF, key, from, 0);
      want(name + " half " + from / HALF + " turned", key, from, 3);
    }
  }

  private void want(String name, byte[] key, int from, int turn) {
    var masked = new byte[HALF];
    for (int i = 0; i < HALF; i++) {
      masked[i] = (byte) (key[from + (i ^ turn)] ^ mask[i]);
    }
    wanted
        .computeIfAbsent(ByteBuffer.wrap(masked).getInt(), fresh -> new ArrayList<>())
        .add(new Wanted(name, masked));
  }

  /** Writes the live objects into a file, and answers the names of what is among them. */
  Set<String> run(Path dump) {
    try {
      ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
          .dumpHeap(dump.toString(), true);
      return found(dump);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Set<String> found(Path dump) throws IOException {
    var found = new TreeSet<String>();
    var chunk = new byte[CHUNK + HALF];
    int kept = 0;
    try (var in = new BufferedInputStream(Files.newInputStream(dump))) {
      for (int got = in.readNBytes(chunk, kept, CHUNK);
          got > 0;
          got = in.readNBytes(chunk, kept, CHUNK)) {
        int length = kept + got;
        search(chunk, length, found);
        kept = Math.min(HALF - 1, length);
        System.arraycopy(chunk, length - kept, chunk, 0, kept);
      }
    }
    return found;
  }

  private void search(byte[] chunk, int length, Set<String> found) {
    int word = 0;
    for (int i = 0; i < length; i++) {
      word = (word << 8) | (chunk[i] & 0xff);
      int start = i - 3;
      if (start < 0 || start + HALF > length) {
        continue;
      }
      var candidates = wanted.get(word ^ maskStart);
      if (candidates != null) {
        for (var candidate : candidates) {
          if (matches(chunk, start, candidate.masked())) {
            found.add(candidate.name());
          }
        }
      }
    }
  }

  private boolean matches(byte[] chunk, int start, byte[] masked) {
    for (int i = 0; i < HALF; i++) {
      if ((byte) (chunk[start + i] ^ mask[i]) != masked[i]) {
        return false;
      }
    }
    return true;
  }
}

package dev.lethe.vault.rotation;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Some people of a pass, each with the same chance, without knowing how many there will be
 * (reservoir sampling: Vitter 1985, algorithm R). Confined to one thread.
 */
final class Sample {
  private static final int SIZE = 64;

  private final RandomGenerator random;
  private final List<String> taken = new ArrayList<>(SIZE);
  private long offered;

  Sample(RandomGenerator random) {
    this.random = random;
  }

  void offer(String pseudonym) {
    offered++;
    if (taken.size() < SIZE) {
      taken.add(pseudonym);
      return;
    }
    long place = random.nextLong(offered);
    if (place < SIZE) {
      taken.set((int) place, pseudonym);
    }
  }

  List<String> taken() {
    return List.copyOf(taken);
  }
}

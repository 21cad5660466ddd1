package dev.lethe.vault.rotation;

import dev.lethe.vault.redis.Place;
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
  private final List<Place> taken = new ArrayList<>(SIZE);
  private long offered;

  Sample(RandomGenerator random) {
    this.random = random;
  }

  void offer(Place place) {
    offered++;
    if (taken.size() < SIZE) {
      taken.add(place);
      return;
    }
    long slot = random.nextLong(offered);
    if (slot < SIZE) {
      taken.set((int) slot, place);
    }
  }

  List<Place> taken() {
    return List.copyOf(taken);
  }
}

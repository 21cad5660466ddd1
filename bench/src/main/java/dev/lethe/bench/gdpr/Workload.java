package dev.lethe.bench.gdpr;

import java.util.EnumMap;
import java.util.Map;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Who asks, and how often for what, in hundredths, as in table 2 of the paper. */
enum Workload {
  /** Reads for a purpose. The other 20 hundredths read across people, which Lethe refuses. */
  PROCESSOR(true, Map.of(Operation.READ_DATA_FOR_PURPOSE, 80)),

  /** People about themselves, some much more often than others. */
  CUSTOMER(
      true,
      Map.of(
          Operation.READ_DATA_BY_USER,
          20,
          Operation.READ_METADATA,
          20,
          Operation.UPDATE_DATA,
          20,
          Operation.UPDATE_METADATA,
          20,
          Operation.DELETE_DATA,
          20)),

  /** Who runs the service. */
  CONTROLLER(
      false,
      Map.of(
          Operation.CREATE_RECORD, 25, Operation.DELETE_RECORD, 25, Operation.UPDATE_METADATA, 50)),

  /** Who looks whether it is run well. After the controller: there are erasures to look at. */
  REGULATOR(
      true,
      Map.of(
          Operation.READ_METADATA,
          46,
          Operation.GET_SYSTEM_LOGS,
          31,
          Operation.VERIFY_DELETION,
          23));

  private final boolean zipfian;

  /** Copied, and read alone. */
  @SuppressWarnings("ImmutableEnumChecker")
  private final Map<Operation, Integer> mix;

  Workload(boolean zipfian, Map<Operation, Integer> mix) {
    this.zipfian = zipfian;
    this.mix = new EnumMap<>(mix);
  }

  /** Whether some people are asked about much more often than others; all alike otherwise. */
  boolean zipfian() {
    return zipfian;
  }

  /** Whether a store that records nothing can answer a part of it only. */
  boolean needsLog() {
    return mix.keySet().stream().anyMatch(Operation::needsLog);
  }

  /** An operation by chance, of those that fit. */
  Operation draw(RandomGenerator random, Predicate<Operation> fits) {
    int all =
        mix.entrySet().stream()
            .filter(each -> fits.test(each.getKey()))
            .mapToInt(Map.Entry::getValue)
            .sum();
    int drawn = random.nextInt(all);
    for (var each : mix.entrySet()) {
      if (fits.test(each.getKey())) {
        drawn -= each.getValue();
        if (drawn < 0) {
          return each.getKey();
        }
      }
    }
    throw new IllegalStateException("no operation fits");
  }
}

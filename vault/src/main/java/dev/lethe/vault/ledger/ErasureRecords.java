package dev.lethe.vault.ledger;

import dev.lethe.vault.ledger.LedgerIndex.NumberedErasure;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Every erasure with what is known of it, by id, by person and in order, and up to which life
 * people were erased. Kept for ever. Thread-safe.
 */
final class ErasureRecords {
  private final ConcurrentHashMap<String, ErasureRecord> byId = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Long> erasedLives = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, String> latest = new ConcurrentHashMap<>();

  /** Erasures that were withheld at any time, by pseudonym. */
  private final ConcurrentHashMap<String, List<String>> everWithheld = new ConcurrentHashMap<>();

  private final ErasureOrder order = new ErasureOrder();

  /** Whether it is a new one. */
  boolean add(long seq, ErasureRecord record) {
    if (byId.putIfAbsent(record.erasureId(), record) != null) {
      return false;
    }
    order.asked(seq, record.erasureId());
    return true;
  }

  /** It has never taken place. */
  void lapsed(String id) {
    byId.remove(id);
    order.lapsed(id);
  }

  void change(String id, UnaryOperator<ErasureRecord> change) {
    var changed = byId.computeIfPresent(id, (same, record) -> change.apply(record));
    if (changed != null && changed.complete()) {
      order.complete(id);
    }
  }

  /** The life is over. */
  void tookEffect(ErasureRecord record) {
    erasedLives.merge(record.pseudonym(), record.life(), Math::max);
    latest.put(record.pseudonym(), record.erasureId());
  }

  /** Something of it is put aside, or may be. */
  void withheld(ErasureRecord record) {
    everWithheld.merge(
        record.pseudonym(),
        List.of(record.erasureId()),
        (before, added) -> Stream.concat(before.stream(), added.stream()).distinct().toList());
  }

  Optional<ErasureRecord> get(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  Optional<ErasureRecord> latest(String pseudonym) {
    return Optional.ofNullable(latest.get(pseudonym)).flatMap(this::get);
  }

  List<ErasureRecord> everWithheld(String pseudonym) {
    return everWithheld.getOrDefault(pseudonym, List.of()).stream()
        .flatMap(id -> get(id).stream())
        .toList();
  }

  OptionalLong erasedLife(String pseudonym) {
    var life = erasedLives.get(pseudonym);
    return life == null ? OptionalLong.empty() : OptionalLong.of(life);
  }

  Map<String, Long> erasedLives() {
    return Map.copyOf(erasedLives);
  }

  List<NumberedErasure> after(long number, boolean onlyOpen, int most) {
    return order.after(number, onlyOpen, most).entrySet().stream()
        .flatMap(
            entry ->
                get(entry.getValue()).stream()
                    .map(record -> new NumberedErasure(entry.getKey(), record)))
        .toList();
  }

  long erasedUnder(int epoch, Instant from) {
    return byId.values().stream()
        .flatMap(record -> record.erased().stream())
        .filter(stage -> stage.epoch() >= epoch && !stage.at().isBefore(from))
        .count();
  }
}

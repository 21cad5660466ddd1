package dev.lethe.vault.ledger;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who is under a legal hold, and who is restricted. A hold is on the person, from the life in which
 * it was placed on; a restriction is of one life and ends with it. Thread-safe.
 */
final class SubjectStates {
  private final ConcurrentHashMap<String, Standing> holds = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<String, Standing> restrictions = new ConcurrentHashMap<>();

  void add(Instant at, LedgerEntry.StateChange change) {
    var person = change.pseudonym();
    var standing = new Standing(change.life(), at);
    switch (change.act()) {
      case HOLD -> holds.putIfAbsent(person, standing);
      case RELEASE -> holds.remove(person);
      case RESTRICT ->
          restrictions.merge(person, standing, (was, now) -> now.life() > was.life() ? now : was);
      case UNRESTRICT -> restrictions.remove(person);
    }
  }

  void endLives(String pseudonym, long upTo) {
    restrictions.computeIfPresent(pseudonym, (same, was) -> was.life() > upTo ? was : null);
  }

  Optional<Standing> hold(String pseudonym) {
    return Optional.ofNullable(holds.get(pseudonym));
  }

  Optional<Standing> restriction(String pseudonym) {
    return Optional.ofNullable(restrictions.get(pseudonym));
  }

  /** Whether an erasure has to wait for the end of a legal hold. */
  boolean isHeld(ErasureRecord record) {
    return hold(record.pseudonym()).filter(hold -> record.life() >= hold.life()).isPresent();
  }

  int held() {
    return holds.size();
  }

  int restricted() {
    return restrictions.size();
  }
}

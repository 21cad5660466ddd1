package dev.lethe.vault.proof;

import dev.lethe.vault.crypto.SubjectLife;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * Whose something may be.
 *
 * @param erasedLives the highest erased life of everybody who was erased, by pseudonym
 */
public record Suspects(Map<String, Long> erasedLives) {
  public Suspects {
    erasedLives = Map.copyOf(erasedLives);
  }

  /** Whether this life was ended by an erasure. */
  public boolean erased(SubjectLife life) {
    return life.life() <= erasedLives.getOrDefault(life.pseudonym(), 0L);
  }

  boolean accused(Optional<String> pseudonym) {
    return pseudonym.filter(erasedLives::containsKey).isPresent();
  }

  /** The lives that somebody has or had: those erased and the one after them. */
  Stream<SubjectLife> lives(String pseudonym) {
    return LongStream.rangeClosed(1, erasedLives.getOrDefault(pseudonym, 0L) + 1)
        .mapToObj(life -> new SubjectLife(pseudonym, life));
  }

  /** Whom something may belong to that stands with somebody, or nowhere in particular. */
  Stream<SubjectLife> candidates(Optional<String> owner) {
    var erased =
        erasedLives.keySet().stream()
            .filter(who -> !owner.equals(Optional.of(who)))
            .flatMap(this::lives)
            .filter(this::erased);
    return Stream.concat(owner.stream().flatMap(this::lives), erased);
  }

  /** The last life of somebody that was erased. */
  Optional<SubjectLife> lastErased(Optional<String> pseudonym) {
    return pseudonym.flatMap(
        who -> Optional.ofNullable(erasedLives.get(who)).map(life -> new SubjectLife(who, life)));
  }

  /** How many people they are. */
  public int size() {
    return erasedLives.size();
  }
}

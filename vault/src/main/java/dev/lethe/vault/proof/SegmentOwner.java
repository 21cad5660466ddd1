package dev.lethe.vault.proof;

import dev.lethe.vault.crypto.Opener;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** Tells by its tag whose a deciphered segment or document is. */
record SegmentOwner(Suspects suspects, Sealer sealer) {
  private static final Pattern SEGMENT = Pattern.compile("[a-z]+\\.([0-9]{1,18})");

  /** What every text of a segment or document begins with. */
  private static final byte FORMAT = 1;

  /** The number of a document stands nowhere in clear: up to this it is guessed. */
  private static final long GUESSES = 64;

  /** The same for people whom nothing may be left of. */
  private static final long GUESSES_OF_ACCUSED = 4096;

  /**
   * Somebody, as far as that is known.
   *
   * @param subject empty when whoever held the key is not known either
   */
  record Owner(Optional<SubjectLife> subject) {}

  /** Whose it is; empty when the key only has the same id, and the text is noise. */
  Optional<Owner> of(KeyBunch.Gained gained, Word word, byte[] text) {
    var numbers = numbers(gained, word);
    var genuine =
        Stream.concat(
                gained.holder().stream(),
                Stream.concat(
                        gained.holder().map(SubjectLife::pseudonym).stream(), word.owner().stream())
                    .distinct()
                    .flatMap(suspects::lives))
            .distinct()
            .filter(who -> numbers.stream().anyMatch(number -> opens(gained, who, number, word)))
            .findFirst();
    if (genuine.isPresent()) {
      return Optional.of(new Owner(genuine));
    }
    // It reads all the same. Unproved, it counts against the erased person with whom it was found.
    return text[0] == FORMAT
        ? Optional.of(new Owner(suspects.lastErased(word.owner()).or(gained::holder)))
        : Optional.empty();
  }

  private Set<Long> numbers(KeyBunch.Gained gained, Word word) {
    var named = SEGMENT.matcher(word.place());
    if (named.matches()) {
      return Set.of(Long.parseLong(named.group(1)));
    }
    var numbers = new LinkedHashSet<>(gained.documents());
    LongStream.rangeClosed(0, suspects.accused(word.owner()) ? GUESSES_OF_ACCUSED : GUESSES)
        .forEach(numbers::add);
    return numbers;
  }

  private boolean opens(KeyBunch.Gained gained, SubjectLife who, long number, Word word) {
    return Attack.opens(
            () ->
                sealer.openSegment(
                    new Opener(),
                    id -> Optional.of(gained.key()).filter(key -> key.id() == id),
                    who,
                    gained.key().field(),
                    number,
                    word.bytes()))
        .isPresent();
  }
}

package dev.lethe.vault.proof;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.SubjectLife;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A word that was written, and where it stood.
 *
 * @param owner pseudonym in the name of the key, if it is a key of somebody
 * @param place the word in front of it: the hash field, if it stood in a hash
 */
record Word(Source source, Optional<String> owner, String place, byte[] bytes) {
  private static final Pattern OWNED = Pattern.compile("[sai]:\\{([^}]+)\\}.*");

  /** Shows all words of a command but its name; the first that names a person owns the others. */
  static void each(Source source, AofCommand command, Consumer<Word> visitor) {
    var owner = Optional.<String>empty();
    for (int i = 1; i < command.size(); i++) {
      var key = OWNED.matcher(command.text(i));
      if (owner.isEmpty() && key.matches()) {
        owner = Optional.of(key.group(1));
      } else {
        visitor.accept(new Word(source, owner, command.text(i - 1), command.word(i)));
      }
    }
  }

  Loot loot(Optional<SubjectLife> subject, String what, Purpose purpose, int epoch, byte[] text) {
    return new Loot(subject, what, purpose, epoch, source, place, text);
  }

  @Override
  public String toString() {
    return "Word[hidden]";
  }
}

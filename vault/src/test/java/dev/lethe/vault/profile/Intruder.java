package dev.lethe.vault.profile;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.proof.AofCommand;
import dev.lethe.vault.proof.AofLog;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Somebody who holds copies of Redis's files and a keystore. Every word that was ever written for a
 * person is tried as a grant with each living epoch key of every purpose; then every word as a
 * segment, a document or an access-log entry with each key that any grant of any copy gave away.
 */
public final class Intruder {
  /**
   * Something that opened.
   *
   * @param purpose whose epoch key led to it
   * @param place the word in front of it: the hash field, if it stood in a hash
   */
  public record Loot(SubjectLife subject, Purpose purpose, String place, String text) {}

  private record Gained(SubjectLife subject, Purpose purpose, FieldKey key) {}

  private record Reader(SubjectLife subject, KeyBytes accessKey) {}

  private static final Pattern KEY = Pattern.compile("[sai]:\\{([^}]+)\\}.*");
  private static final long MOST_NUMBERS = 64;

  private final Keystore keystore;
  private final List<AofLog> copies;
  private final Sealer sealer = new Sealer(new SecureRandom());
  private final Map<String, Set<Long>> lives = new HashMap<>();
  private final Set<Gained> fieldKeys = new HashSet<>();
  private final Set<Reader> accessKeys = new HashSet<>();
  private final Set<Loot> loot = new LinkedHashSet<>();
  private long tried;

  private Intruder(Keystore keystore, List<AofLog> copies) {
    this.keystore = keystore;
    this.copies = copies;
  }

  /** What opens of the copies with the keys. */
  public static Set<Loot> attack(Keystore keystore, AofLog... copies) throws IOException {
    var intruder = new Intruder(keystore, List.of(copies));
    intruder.eachCommand(intruder::noteLives);
    intruder.eachCommand(intruder::tryGrants);
    intruder.eachCommand(intruder::trySegments);
    if (intruder.tried == 0) {
      throw new AssertionError("the copies hold nothing to try");
    }
    return intruder.loot;
  }

  private void eachCommand(BiConsumer<String, AofCommand> visitor) throws IOException {
    for (var copy : copies) {
      copy.read(
          command -> {
            if (command.size() > 2) {
              var key = KEY.matcher(command.text(1));
              if (key.matches()) {
                visitor.accept(key.group(1), command);
              }
            }
          });
    }
  }

  private void noteLives(String pseudonym, AofCommand command) {
    for (int i = 2; i + 1 < command.size(); i++) {
      if (command.text(i).equals("life")) {
        lives
            .computeIfAbsent(pseudonym, fresh -> new TreeSet<>())
            .add(Long.parseLong(command.text(i + 1)));
      }
    }
  }

  private List<SubjectLife> livesOf(String pseudonym) {
    return lives.getOrDefault(pseudonym, Set.of()).stream()
        .map(life -> new SubjectLife(pseudonym, life))
        .toList();
  }

  private void tryGrants(String pseudonym, AofCommand command) {
    var epochs = keystore.ring().epochs().stream().map(EpochInfo::number).toList();
    for (int i = 2; i < command.size(); i++) {
      for (var subject : livesOf(pseudonym)) {
        for (var purpose : Purpose.values()) {
          for (int epoch : epochs) {
            var key = keystore.forPurpose(purpose).key(epoch, purpose);
            if (key.isPresent()) {
              tryGrant(key.get(), purpose, subject, command, i);
            }
          }
        }
      }
    }
  }

  private void tryGrant(
      KeyBytes key, Purpose purpose, SubjectLife subject, AofCommand command, int index) {
    byte[] text;
    tried++;
    try {
      text = sealer.openGrant(key, purpose, subject, command.word(index));
    } catch (UnreadableException e) {
      return; // not a grant of this key: the next one
    }
    loot.add(new Loot(subject, purpose, command.text(index - 1), "a grant"));
    Collection<FieldKey> granted;
    if (purpose == Purpose.SELF) {
      var self = GrantCodec.decode(text);
      accessKeys.add(new Reader(subject, self.accessKey()));
      granted = self.keys();
    } else {
      granted = GrantCodec.decodeKeys(text);
    }
    granted.forEach(fieldKey -> fieldKeys.add(new Gained(subject, purpose, fieldKey)));
  }

  private void trySegments(String pseudonym, AofCommand command) {
    for (int i = 2; i < command.size(); i++) {
      for (var gained : fieldKeys) {
        if (gained.subject().pseudonym().equals(pseudonym)) {
          for (long number : numbers(command.text(i - 1), gained.key().field())) {
            trySegment(gained, command, i, number);
          }
        }
      }
      for (var reader : accessKeys) {
        if (reader.subject().pseudonym().equals(pseudonym)) {
          tryEntry(reader, command, i);
        }
      }
    }
  }

  /** The number that a segment's name tells; that of a document stands nowhere in clear. */
  private static List<Long> numbers(String place, Field field) {
    var numbers = new ArrayList<Long>();
    if (place.matches(Pattern.quote(field.wireName()) + "\\.[0-9]{1,9}")) {
      numbers.add(Long.parseLong(place.substring(field.wireName().length() + 1)));
    } else if (place.equals(field.wireName())) {
      for (long number = 0; number <= MOST_NUMBERS; number++) {
        numbers.add(number);
      }
    }
    return numbers;
  }

  private void trySegment(Gained gained, AofCommand command, int index, long number) {
    try {
      var text =
          sealer.openSegment(
              id -> Optional.of(gained.key()).filter(key -> key.id() == id),
              gained.subject(),
              gained.key().field(),
              number,
              command.word(index));
      loot.add(
          new Loot(
              gained.subject(),
              gained.purpose(),
              command.text(index - 1),
              new String(text, UTF_8)));
    } catch (UnreadableException e) {
      tried++; // sealed under another key
    }
  }

  private void tryEntry(Reader reader, AofCommand command, int index) {
    try {
      var text =
          sealer.openNote(reader.accessKey(), "access", reader.subject(), command.word(index));
      loot.add(new Loot(reader.subject(), Purpose.SELF, "access", new String(text, UTF_8)));
    } catch (UnreadableException e) {
      tried++; // not an entry of this life
    }
  }
}

package dev.lethe.vault.proof;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.Decipher;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.UnreadableException;
import dev.lethe.vault.keys.EpochInfo;
import dev.lethe.vault.keys.EpochRing;
import dev.lethe.vault.notice.Content;
import dev.lethe.vault.profile.StolenGrant;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Somebody who holds copies of Redis's files and a keystore. Every word that was ever written,
 * under whatever name, is tried as a grant and as a waiting notice with each living epoch key of
 * every purpose; then every word as a segment, a document, an access-log entry or what was counted
 * in training, with each key that any grant gave away.
 *
 * <p>A thief reads without asking for integrity, so what opens is found by deciphering alone; the
 * tag only tells whose it is. Memory grows with the keys gained, not with what is read.
 */
public final class Attack {
  private static final String ACCESS_KIND = "access";

  private record EpochKey(int epoch, Purpose purpose, KeyBytes key) {}

  private final List<EpochKey> epochKeys = new ArrayList<>();
  private final List<Source> sources;
  private final Suspects suspects;
  private final Consumer<Loot> visitor;
  private final KeyBunch bunch;
  private final SegmentOwner segmentOwner;
  private final Sealer sealer = new Sealer(new SecureRandom());
  private long commands;
  private long values;

  private Attack(EpochRing ring, Suspects suspects, List<Source> sources, Consumer<Loot> visitor) {
    this.sources = sources;
    this.suspects = suspects;
    this.visitor = visitor;
    this.bunch = new KeyBunch(suspects);
    this.segmentOwner = new SegmentOwner(suspects, sealer);
    for (int epoch : ring.epochs().stream().map(EpochInfo::number).toList()) {
      for (var purpose : Purpose.values()) {
        ring.key(epoch, purpose).ifPresent(key -> epochKeys.add(new EpochKey(epoch, purpose, key)));
      }
    }
  }

  /**
   * What was done.
   *
   * @param values words other than names of commands and keys
   * @param epochKeys each of one purpose
   * @param gainedKeys that grants gave away
   */
  public record Effort(long commands, long values, int epochKeys, int gainedKeys) {}

  /**
   * Attacks everything there is. Blocks.
   *
   * @param visitor is told of each thing that opens, as often as it is found
   */
  public static Effort run(
      EpochRing ring, Suspects suspects, List<Source> sources, Consumer<Loot> visitor)
      throws IOException {
    var attack = new Attack(ring, suspects, sources, visitor);
    for (var source : sources) {
      source.read(command -> attack.firstPass(source, command));
    }
    for (var source : attack.sources) {
      source.read(command -> Word.each(source, command, attack::tryText));
    }
    return new Effort(attack.commands, attack.values, attack.epochKeys.size(), attack.bunch.size());
  }

  private void firstPass(Source source, AofCommand command) {
    commands++;
    values += Math.max(0, command.size() - 2);
    Word.each(
        source,
        command,
        word -> {
          tryGrant(word);
          tryNotice(word);
        });
  }

  private void tryNotice(Word word) {
    for (var key : epochKeys) {
      if (Decipher.notice(key.key(), word.bytes(), Content.START)
          .filter(Content::plausible)
          .isPresent()) {
        Decipher.notice(key.key(), word.bytes(), Integer.MAX_VALUE)
            .ifPresent(
                text ->
                    visitor.accept(
                        word.loot(
                            Content.decode(text).map(Content::life),
                            Loot.NOTICE,
                            key.purpose(),
                            key.epoch(),
                            text)));
      }
    }
  }

  private void tryGrant(Word word) {
    for (var key : epochKeys) {
      var start = Decipher.grant(key.key(), word.bytes(), StolenGrant.START);
      if (start.isPresent() && StolenGrant.plausible(start.get(), word.bytes().length)) {
        Decipher.grant(key.key(), word.bytes(), Integer.MAX_VALUE)
            .ifPresent(
                text ->
                    StolenGrant.of(key.purpose(), text)
                        .ifPresent(grant -> take(key, word, grant, text)));
      }
    }
  }

  private void take(EpochKey key, Word word, StolenGrant grant, byte[] text) {
    var holder =
        suspects
            .candidates(word.owner())
            .filter(
                who ->
                    opens(() -> sealer.openGrant(key.key(), key.purpose(), who, word.bytes()))
                        .isPresent())
            .findFirst();
    bunch.add(holder, key.purpose(), key.epoch(), grant);
    visitor.accept(word.loot(holder, Loot.GRANT, key.purpose(), key.epoch(), text));
  }

  private void tryText(Word word) {
    var id = Decipher.segmentKeyId(word.bytes());
    if (id.isPresent()) {
      for (var gained : bunch.withId(id.getAsInt())) {
        Decipher.segment(gained.key(), word.bytes()).ifPresent(text -> take(gained, word, text));
      }
    }
    bunch.readers(word.owner()).forEach(reader -> tryEntry(reader, word));
  }

  private void take(KeyBunch.Gained gained, Word word, byte[] text) {
    segmentOwner
        .of(gained, word, text)
        .ifPresent(
            owner ->
                visitor.accept(
                    word.loot(
                        owner.subject(),
                        gained.key().field().wireName(),
                        gained.purpose(),
                        gained.epoch(),
                        text)));
  }

  private void tryEntry(KeyBunch.Reader reader, Word word) {
    opens(() -> sealer.openNote(reader.key(), ACCESS_KIND, reader.holder(), word.bytes()))
        .ifPresent(
            text ->
                visitor.accept(
                    word.loot(
                        Optional.of(reader.holder()),
                        Loot.ACCESS_LOG,
                        Purpose.SELF,
                        reader.epoch(),
                        text)));
  }

  /** An attempt to open something. */
  interface Opening {
    /**
     * @throws UnreadableException when it does not open
     */
    byte[] open();
  }

  static Optional<byte[]> opens(Opening opening) {
    try {
      return Optional.of(opening.open());
    } catch (UnreadableException e) {
      return Optional.empty(); // not of this person, or not this key
    }
  }
}

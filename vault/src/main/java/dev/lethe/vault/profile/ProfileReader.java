package dev.lethe.vault.profile;

import dev.lethe.vault.api.Disclosure.Sealed;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.Opener;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Opens segments and documents of one person with a set of field keys. Not to be kept. */
final class ProfileReader {
  private final Sealer sealer;
  private final SubjectLife subject;
  private final Map<Integer, FieldKey> keys;
  private final Opener opener = new Opener();

  ProfileReader(Sealer sealer, SubjectLife subject, Collection<FieldKey> keys) {
    this.sealer = sealer;
    this.subject = subject;
    this.keys = keys.stream().collect(Collectors.toMap(FieldKey::id, Function.identity()));
  }

  /**
   * The text of one blob.
   *
   * @throws UnreadableException when it does not open
   */
  byte[] open(Sealed sealed) {
    return sealer.openSegment(
        opener,
        id -> Optional.ofNullable(keys.get(id)),
        subject,
        sealed.field(),
        sealed.number(),
        sealed.blob());
  }

  /** The events of one blob, in order of arrival. */
  List<? extends Event> events(Sealed sealed) {
    return sealed.field() == Field.HISTORY
        ? ProfileCodec.decodeWatched(open(sealed))
        : ProfileCodec.decodeSearched(open(sealed));
  }

  /** What was opened, and the fields of which something did not open. */
  record Reading(Profile profile, Set<Field> unreadable) {}

  /**
   * Opens as much as can be opened; of a field that does not open whole, nothing is shown.
   *
   * @param sealed blobs of each field in order of arrival
   */
  Reading read(List<Sealed> sealed, RetentionRule retention, Instant now) {
    var unreadable = EnumSet.noneOf(Field.class);
    var history =
        field(Field.HISTORY, sealed, unreadable, blobs -> all(blobs, ProfileCodec::decodeWatched))
            .orElse(List.of());
    var searches =
        field(Field.SEARCHES, sealed, unreadable, blobs -> all(blobs, ProfileCodec::decodeSearched))
            .orElse(List.of());
    var demographics =
        field(
            Field.DEMOGRAPHICS,
            sealed,
            unreadable,
            blobs -> ProfileCodec.decodeDemographics(open(blobs.get(0))));
    var preferences =
        field(
            Field.PREFERENCES,
            sealed,
            unreadable,
            blobs -> ProfileCodec.decodePreferences(open(blobs.get(0))));
    return new Reading(
        new Profile(
            Retention.apply(retention, now, history),
            Retention.apply(retention, now, searches),
            demographics,
            preferences),
        unreadable);
  }

  private <T> Optional<T> field(
      Field field, List<Sealed> sealed, Set<Field> unreadable, Function<List<Sealed>, T> opening) {
    var blobs = sealed.stream().filter(blob -> blob.field() == field).toList();
    if (blobs.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(opening.apply(blobs));
    } catch (UnreadableException e) {
      unreadable.add(field);
      return Optional.empty();
    }
  }

  private <E> List<E> all(List<Sealed> blobs, Function<byte[], List<E>> decoding) {
    var events = new ArrayList<E>();
    for (var blob : blobs) {
      events.addAll(decoding.apply(open(blob)));
    }
    return events;
  }
}

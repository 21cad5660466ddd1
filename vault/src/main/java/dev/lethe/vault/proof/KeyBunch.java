package dev.lethe.vault.proof;

import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.profile.StolenGrant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** The keys that opened grants have given away. */
final class KeyBunch {
  /**
   * A field key.
   *
   * @param holder whose grant held it, if that is known
   * @param documents numbers of documents that the holder's grants have listed so far
   */
  record Gained(
      Optional<SubjectLife> holder,
      Purpose purpose,
      int epoch,
      FieldKey key,
      Set<Long> documents) {}

  /** A key of an access log. */
  record Reader(SubjectLife holder, int epoch, KeyBytes key) {}

  private record Held(Optional<SubjectLife> holder, Purpose purpose, int id) {}

  private final Suspects suspects;
  private final Set<Held> held = new HashSet<>();
  private final Map<Integer, List<Gained>> byId = new HashMap<>();
  private final Map<Optional<SubjectLife>, Set<Long>> documents = new HashMap<>();
  private final Map<SubjectLife, Reader> readers = new HashMap<>();
  private final List<Reader> accused = new ArrayList<>();

  KeyBunch(Suspects suspects) {
    this.suspects = suspects;
  }

  void add(Optional<SubjectLife> holder, Purpose purpose, int epoch, StolenGrant grant) {
    var numbers = documents.computeIfAbsent(holder, fresh -> new TreeSet<>());
    numbers.addAll(grant.documents());
    for (var key : grant.keys()) {
      if (held.add(new Held(holder, purpose, key.id()))) {
        byId.computeIfAbsent(key.id(), fresh -> new ArrayList<>(1))
            .add(new Gained(holder, purpose, epoch, key, numbers));
      }
    }
    if (holder.isPresent() && grant.accessKey().isPresent()) {
      var reader = new Reader(holder.get(), epoch, grant.accessKey().get());
      if (readers.putIfAbsent(reader.holder(), reader) == null
          && suspects.erased(reader.holder())) {
        accused.add(reader);
      }
    }
  }

  List<Gained> withId(int id) {
    return byId.getOrDefault(id, List.of());
  }

  /** Whose access log something may be a part of: its owner's, or of anybody erased. */
  Stream<Reader> readers(Optional<String> owner) {
    var living =
        owner.stream()
            .flatMap(suspects::lives)
            .filter(life -> !suspects.erased(life))
            .flatMap(life -> Optional.ofNullable(readers.get(life)).stream());
    return Stream.concat(living, accused.stream());
  }

  int size() {
    return held.size() + readers.size();
  }
}

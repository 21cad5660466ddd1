package dev.lethe.vault.profile;

import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.Document;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.consent.ConsentTerms;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * A change of one person, collected step by step and sealed at the end.
 *
 * <p>Kept true: a key is granted only while a stored segment needs it. What goes is taken out
 * together with its key, and what stays of a touched quarter is sealed anew under another key, so
 * that no key that was ever granted opens what is stored afterwards.
 */
public final class Revision {
  /** More segments than this in one quarter are merged into one. */
  private static final int MAX_SEGMENTS = 16;

  private final OpenSubject base;
  private final RetentionRule retention;
  private final Instant now;
  private final long version;
  private final SegmentStock stock;
  private ConsentRecord consents;
  private boolean dataChanged;

  /** What was counted in training is no longer to be kept. */
  private boolean uncounted;

  /**
   * @param version that the subject will have; the same as before when only the sealing changes
   */
  public Revision(OpenSubject base, long version, RetentionRule retention, Instant now) {
    this.base = base;
    this.retention = retention;
    this.now = now;
    this.version = version;
    this.consents = base.consents();
    this.stock = new SegmentStock(base);
  }

  /**
   * Replaces a document under a new key, so that the key of the old one goes. An empty one is no
   * data.
   */
  public Revision put(Document document) {
    stock.of(document.field()).forEach(stock::remove);
    if (!document.isEmpty()) {
      stock.add(stock.newKey(document.field(), Quarter.NONE), ProfileCodec.encode(document), 1);
    }
    dataChanged = true;
    return this;
  }

  /** Adds events, in order of arrival. */
  public Revision append(Field field, List<? extends Event> events) {
    var quarters = new TreeMap<Integer, List<Event>>();
    for (var event : events) {
      quarters.computeIfAbsent(Quarter.of(event.at()), quarter -> new ArrayList<>()).add(event);
    }
    quarters.forEach((quarter, some) -> addEvents(stock.key(field, quarter), some));
    var stored = stock.of(field);
    var crowded = stored.stream().filter(segment -> quarters.containsKey(segment.period())).count();
    long held = stored.stream().mapToLong(Segment::events).sum();
    if (crowded > (long) MAX_SEGMENTS * quarters.size()
        || held > retention.maxEvents() + retention.maxEvents() / 10 + 64) {
      rewrite(field, event -> true, false);
    }
    dataChanged = true;
    return this;
  }

  /** Forgets what the filter picks; answers how many events or documents went. */
  public int forget(Field field, ForgetFilter filter) {
    int removed;
    uncounted |= Contribution.LEARNED_FROM.contains(field);
    if (field.holdsEvents()) {
      removed = rewrite(field, event -> !filter.matches(event), false);
    } else {
      var documents = stock.of(field);
      documents.forEach(stock::remove);
      removed = documents.size();
    }
    dataChanged |= touchesData();
    return removed;
  }

  /** Whether anything stored would be other than before. */
  public boolean touchesData() {
    return !stock.added().isEmpty() || !stock.removed().isEmpty();
  }

  /** Decides about a purpose. Fields that it loses are sealed anew under other keys. */
  public Revision decide(Purpose purpose, Set<Field> fields, Instant at) {
    return decide(purpose, fields, consents.decide(purpose, fields, at));
  }

  /** The same on new terms. */
  public Revision decide(Purpose purpose, Set<Field> fields, Instant at, ConsentTerms terms) {
    return decide(purpose, fields, consents.decide(purpose, fields, at, Optional.of(terms)));
  }

  /** Takes from a purpose every field but those that may stay; gives it none. */
  public Revision narrow(Purpose purpose, Set<Field> staying, Instant at) {
    var fields = EnumSet.noneOf(Field.class);
    fields.addAll(consents.fields(purpose));
    return fields.retainAll(staying) ? decide(purpose, fields, at) : this;
  }

  private Revision decide(Purpose purpose, Set<Field> fields, ConsentRecord after) {
    var lost = withdrawn(base, purpose, fields);
    lost.forEach(this::renewKeys);
    uncounted |= concernsTraining(base, purpose, fields);
    consents = after;
    return this;
  }

  /** By when nothing served is learned from whoever withdraws from training in this change. */
  public void promise(Instant modelBy) {
    if (concernsTraining(base, Purpose.TRAINING, consents.fields(Purpose.TRAINING))) {
      consents = consents.promise(base.consents().version(), modelBy);
    }
  }

  /** What is agreed to after this change. */
  public ConsentRecord consents() {
    return consents;
  }

  /**
   * Whether a decision takes away what was learned from, or leaves nothing of it: a store that was
   * given up may have known more.
   */
  public static boolean concernsTraining(OpenSubject subject, Purpose purpose, Set<Field> fields) {
    return purpose == Purpose.TRAINING
        && (Collections.disjoint(fields, Contribution.LEARNED_FROM)
            || !Collections.disjoint(
                withdrawn(subject, purpose, fields), Contribution.LEARNED_FROM));
  }

  /** The fields that a decision takes from a purpose. */
  public static Set<Field> withdrawn(OpenSubject subject, Purpose purpose, Set<Field> fields) {
    var lost = EnumSet.noneOf(Field.class);
    lost.addAll(subject.consents().fields(purpose));
    lost.removeAll(fields);
    return lost;
  }

  /** Seals every field anew under other keys. */
  public Revision rekey() {
    EnumSet.allOf(Field.class).forEach(this::renewKeys);
    return this;
  }

  /** Drops the quarters that lie wholly before what retention keeps. */
  public Revision retire() {
    int oldest = Quarter.of(Retention.cutoff(retention, now));
    stock.all().stream()
        .filter(segment -> segment.field().holdsEvents() && segment.period() < oldest)
        .forEach(stock::remove);
    return this;
  }

  /**
   * Seals the change. All grants go under the given epoch; those that stand there already and grant
   * the same keys stay as they are.
   *
   * @param epoch the active one
   * @param seen number of the last entry of the ledger that is carried out in it
   */
  public SealedRevision seal(int epoch, EpochKeys keys, long seen) {
    var sealed =
        new GrantSealing(base, stock, consents, version, epoch, keys)
            .seal(
                dataChanged ? version : base.profileVersion(),
                dataChanged ? now : base.updatedAt(),
                seen);
    return uncounted ? sealed.without(Sealer.CONTRIBUTION) : withContribution(sealed);
  }

  private SealedRevision withContribution(SealedRevision sealed) {
    var keys = stock.neededKeys();
    if (base.contributionStays(keys)) {
      return sealed;
    }
    try {
      return base.resealedContribution(keys)
          .map(blob -> sealed.with(Sealer.CONTRIBUTION, blob))
          .orElseGet(() -> sealed.without(Sealer.CONTRIBUTION));
    } catch (UnreadableException e) {
      return sealed.without(Sealer.CONTRIBUTION); // a trainer knows by itself whom it has counted
    }
  }

  /** The version that the subject will have. */
  public long version() {
    return version;
  }

  private void renewKeys(Field field) {
    if (field.holdsEvents()) {
      rewrite(field, event -> true, true);
      return;
    }
    for (var document : stock.of(field)) {
      var plaintext = stock.open(document);
      stock.remove(document);
      stock.add(stock.newKey(field, Quarter.NONE), plaintext, 1);
    }
  }

  /**
   * Goes through an event field by quarter: takes out what retention or the predicate does not
   * keep, merges what stays. A quarter that loses anything gets a new key.
   *
   * @return how many events that retention still shows went
   */
  private int rewrite(Field field, Predicate<Event> keep, boolean renewKeys) {
    var quarters = new TreeMap<Integer, List<Event>>();
    var arrived = new ArrayList<Event>();
    for (var segment : stock.of(field)) {
      var events = stock.events(segment);
      quarters.computeIfAbsent(segment.period(), quarter -> new ArrayList<>()).addAll(events);
      arrived.addAll(events);
    }
    // By identity: two equal events are two events.
    var kept = Collections.<Event>newSetFromMap(new IdentityHashMap<>());
    int removed = 0;
    for (var event : Retention.apply(retention, now, arrived)) {
      if (keep.test(event)) {
        kept.add(event);
      } else {
        removed++;
      }
    }
    quarters.forEach(
        (quarter, events) -> {
          var staying = events.stream().filter(kept::contains).toList();
          var segments =
              stock.of(field).stream().filter(segment -> segment.period() == quarter).toList();
          boolean fewer = staying.size() < events.size();
          if (fewer || renewKeys || segments.size() > 1) {
            var key = fewer || renewKeys ? stock.newKey(field, quarter) : stock.key(field, quarter);
            segments.forEach(stock::remove);
            if (!staying.isEmpty()) {
              addEvents(key, staying);
            }
          }
        });
    return removed;
  }

  private void addEvents(FieldKey key, List<Event> events) {
    stock.add(key, ProfileCodec.encode(events), events.size());
  }
}

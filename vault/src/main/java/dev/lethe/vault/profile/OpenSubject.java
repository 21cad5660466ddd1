package dev.lethe.vault.profile;

import dev.lethe.vault.api.Contribution;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.Disclosure.Sealed;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.consent.ConsentRecord;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.FieldKey;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Opener;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A person whose {@code self} grant is open: what is stored, what was agreed to, and how it may
 * change.
 */
public final class OpenSubject {
  private static final List<String> GRANT_FIELDS =
      Stream.concat(
              Stream.of(SealedSubject.SEEN, Sealer.CONTRIBUTION),
              Arrays.stream(Purpose.values()).map(OpenSubject::grantField))
          .toList();

  /** Segments are numbered from 1. */
  private static final long CONTRIBUTION_NUMBER = 0;

  private final SealedSubject stored;
  private final SelfGrant self;
  private final Sealer sealer;

  private OpenSubject(SealedSubject stored, SelfGrant self, Sealer sealer) {
    this.stored = stored;
    this.self = self;
    this.sealer = sealer;
  }

  /** The hash field of a purpose's grant. */
  static String grantField(Purpose purpose) {
    return Sealer.grantField(purpose);
  }

  /** The hash fields of all grants, of what is said of them in clear, and of what was counted. */
  public static List<String> grantFields() {
    return GRANT_FIELDS;
  }

  /**
   * Opens the {@code self} grant of a stored subject.
   *
   * @throws UnreadableException when it does not open, or its epoch is gone
   */
  public static OpenSubject open(SealedSubject stored, EpochKeys keys, Sealer sealer) {
    var field = grantField(Purpose.SELF);
    var grant = blob(stored, field, sealer);
    // A grant from before the version would bring back what its person has withdrawn since.
    if (!Sealer.stands(grant, stored.epoch(), stored.version())) {
      throw sealer.refuse(stored.subject(), field, "the grant is not the one of the last change");
    }
    var epochKey =
        keys.key(stored.epoch(), Purpose.SELF)
            .orElseThrow(
                () -> sealer.refuse(stored.subject(), field, "the epoch of this grant is gone"));
    var plaintext = sealer.openGrant(epochKey, Purpose.SELF, stored.subject(), grant);
    var self = GrantCodec.decode(plaintext);
    // What is missing of the ledger was decided by the number in clear.
    if (!self.seen().equals(stored.seen())) {
      throw sealer.refuse(stored.subject(), SealedSubject.SEEN, "the number is not the sealed one");
    }
    return new OpenSubject(stored, self, sealer);
  }

  /**
   * Somebody of whom nothing is stored yet, at the beginning of a life.
   *
   * @param version of the subject so far; 0 for a stranger
   * @param seen number of the last entry of the ledger that is about the subject; 0 when none is
   */
  public static OpenSubject begin(SubjectLife subject, long version, long seen, Sealer sealer) {
    return new OpenSubject(
        new SealedSubject(subject, version, 0, Map.of()),
        SelfGrant.begin(sealer.newKey(), seen),
        sealer);
  }

  SealedSubject stored() {
    return stored;
  }

  SelfGrant self() {
    return self;
  }

  Sealer sealer() {
    return sealer;
  }

  public SubjectLife subject() {
    return stored.subject();
  }

  /** Whether nothing is stored of this life yet. */
  public boolean begins() {
    return stored.blobs().isEmpty();
  }

  /** The subject's version as stored. */
  public long version() {
    return stored.version();
  }

  /**
   * Number of the last entry of the ledger whose act is carried out in what is stored; empty when
   * that was sealed by a release that did not know it.
   */
  public OptionalLong seen() {
    return self.seen();
  }

  /** The version at which its data last changed, which is the profile's entity tag. */
  public long profileVersion() {
    return self.profileVersion();
  }

  public Instant updatedAt() {
    return self.updatedAt();
  }

  public ConsentRecord consents() {
    return self.consents();
  }

  /** Seals the access log of this life. */
  public KeyBytes accessKey() {
    return self.accessKey();
  }

  /**
   * What was counted of this life in training; empty when nothing was, or the key that sealed it is
   * gone.
   *
   * @throws UnreadableException when it does not open
   */
  public Optional<byte[]> contribution() {
    return Optional.ofNullable(stored.blobs().get(Sealer.CONTRIBUTION))
        .filter(blob -> self.keys().stream().anyMatch(key -> Sealer.isUnder(key, blob)))
        .map(
            blob ->
                sealer.openSegment(
                    new Opener(),
                    id -> self.keys().stream().filter(key -> key.id() == id).findFirst(),
                    subject(),
                    Contribution.FIELD,
                    CONTRIBUTION_NUMBER,
                    blob));
  }

  /**
   * Seals what is counted of this life in training, as it is to be stored: under the newest key of
   * what it was counted from, with which it goes. Empty when there is none.
   */
  public Optional<byte[]> sealContribution(byte[] plaintext) {
    return sealContribution(plaintext, self.keys());
  }

  /** Whether what was counted, if anything was, is sealed under one of the keys that stay. */
  boolean contributionStays(List<FieldKey> staying) {
    var blob = stored.blobs().get(Sealer.CONTRIBUTION);
    return blob == null || staying.stream().anyMatch(key -> Sealer.isUnder(key, blob));
  }

  /** What was counted, sealed anew under the newest of the keys that stay; empty without one. */
  Optional<byte[]> resealedContribution(List<FieldKey> staying) {
    return contribution().flatMap(plaintext -> sealContribution(plaintext, staying));
  }

  private Optional<byte[]> sealContribution(byte[] plaintext, List<FieldKey> keys) {
    return keys.stream()
        .filter(key -> key.field() == Contribution.FIELD)
        .max(Comparator.comparingInt(FieldKey::period))
        .map(key -> sealer.sealSegment(key, subject(), CONTRIBUTION_NUMBER, plaintext));
  }

  /** The fields of which something is stored. */
  public Set<Field> storedFields() {
    var fields = EnumSet.noneOf(Field.class);
    self.segments().forEach(segment -> fields.add(segment.field()));
    return fields;
  }

  /**
   * Makes sure that every grant in force opens.
   *
   * @throws UnreadableException when one does not, or its epoch is gone
   */
  public void requireGrants(EpochKeys keys) {
    for (var purpose : self.grantVersions().keySet()) {
      var grant = blob(stored, grantField(purpose), sealer);
      var epochKey =
          keys.key(Sealer.grantEpoch(grant), purpose)
              .orElseThrow(() -> new UnreadableException("the epoch of this grant is gone"));
      GrantCodec.decodeKeys(sealer.openGrant(epochKey, purpose, subject(), grant));
    }
  }

  /** The fields of which a purpose's grant opens something. */
  public Set<Field> granted(Purpose purpose) {
    var fields = storedFields();
    if (purpose.consentable()) {
      fields.retainAll(consents().fields(purpose));
    }
    return fields;
  }

  /**
   * Everything, opened.
   *
   * @throws UnreadableException when some of it does not open
   */
  public Profile profile(RetentionRule retention, Instant now) {
    var reading =
        new ProfileReader(sealer, subject(), self.keys())
            .read(sealed(EnumSet.allOf(Field.class)), retention, now);
    if (!reading.unreadable().isEmpty()) {
      throw new UnreadableException("a stored field does not open");
    }
    return reading.profile();
  }

  /**
   * What a purpose may see, still sealed; empty when nothing of what it covers is stored.
   *
   * @throws UnreadableException when the stored grant is not the one that was made last
   */
  public Optional<Disclosure> disclosure(Purpose purpose, RetentionRule retention) {
    var decision = consents().decisions().get(purpose);
    var sealed = decision == null ? List.<Sealed>of() : sealed(decision.fields());
    if (decision == null || sealed.isEmpty()) {
      return Optional.empty();
    }
    var grant = blob(stored, grantField(purpose), sealer);
    var expected = self.grantVersions().get(purpose);
    if (expected == null || !Sealer.stands(grant, stored.epoch(), expected)) {
      throw sealer.refuse(subject(), grantField(purpose), "the grant is not the latest one");
    }
    return Optional.of(
        new Disclosure(
            subject().pseudonym(),
            subject().life(),
            stored.epoch(),
            purpose,
            grant,
            sealed,
            retention,
            decision.ref(purpose)));
  }

  List<Sealed> sealed(Set<Field> fields) {
    var sealed = new ArrayList<Sealed>();
    for (var segment : self.segments()) {
      if (fields.contains(segment.field())) {
        sealed.add(sealed(segment));
      }
    }
    return sealed;
  }

  Sealed sealed(Segment segment) {
    return new Sealed(segment.field(), segment.number(), blob(stored, segment.hashField(), sealer));
  }

  private static byte[] blob(SealedSubject stored, String name, Sealer sealer) {
    var blob = stored.blobs().get(name);
    if (blob == null) {
      throw sealer.refuse(stored.subject(), name, "something that was stored is missing");
    }
    return blob;
  }
}

package dev.lethe.vault.crypto;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Seals and opens everything that the vault stores. Each kind of blob starts with a format byte and
 * says in clear what is needed to find its key; its associated data binds it to its subject, life
 * and place, so no blob can be moved.
 *
 * <ul>
 *   <li>grant: format, epoch (4 bytes), version (8 bytes), nonce, ciphertext
 *   <li>segment, document, or what was counted in training: format, key id (4 bytes), nonce,
 *       ciphertext
 *   <li>notice that waits to be sent: format, epoch (4 bytes), nonce, ciphertext; its format byte
 *       is its own, so that it is never taken for a grant
 *   <li>note (access log, the detail of a ledger entry, what a trainer keeps or is handed): format,
 *       nonce, ciphertext
 * </ul>
 */
public final class Sealer {
  /** The hash field that holds what was counted of a person in training. */
  public static final String CONTRIBUTION = "contribution";

  private static final byte FORMAT = 1;
  private static final byte NOTICE_FORMAT = 2;
  static final int GRANT_HEADER = 1 + Integer.BYTES + Long.BYTES;
  static final int SEGMENT_HEADER = 1 + Integer.BYTES;
  static final int NOTE_HEADER = 1;
  static final int NOTICE_HEADER = 1 + Integer.BYTES;

  private static final String NOTICE = "notice";

  private final SecureRandom random;
  private final Refusals refusals;
  private final LongAdder refused = new LongAdder();

  /** One that tells nobody what it refuses. */
  public Sealer(SecureRandom random) {
    this(random, Refusals.UNHEARD);
  }

  public Sealer(SecureRandom random, Refusals refusals) {
    this.random = random;
    this.refusals = refusals;
  }

  /** How many texts were refused: changed, moved, missing, or sealed under keys that are gone. */
  public long refused() {
    return refused.sum();
  }

  /**
   * Counts and tells a refusal that its caller found, and not the opening itself.
   *
   * @param blob the name of its hash field
   * @return the exception to throw
   */
  public UnreadableException refuse(SubjectLife subject, String blob, String why) {
    refused.increment();
    refusals.refused(subject.pseudonym(), blob);
    return new UnreadableException(why);
  }

  private byte[] counted(SubjectLife subject, Supplier<String> blob, Supplier<byte[]> opening) {
    try {
      return opening.get();
    } catch (UnreadableException e) {
      refused.increment();
      refusals.refused(subject.pseudonym(), blob.get());
      throw e;
    }
  }

  /** The hash field that holds the grant of a purpose. */
  public static String grantField(Purpose purpose) {
    return "g." + purpose.wireName();
  }

  /** The hash field that holds a segment of an event field, or a document. */
  public static String segmentField(Field field, long number) {
    return field.holdsEvents() ? field.wireName() + "." + number : field.wireName();
  }

  /** A fresh key for a field; its id avoids those taken. */
  public FieldKey newFieldKey(Field field, int period, java.util.function.IntPredicate taken) {
    int id = random.nextInt();
    while (taken.test(id)) {
      id = random.nextInt();
    }
    return new FieldKey(id, field, period, KeyBytes.random(random));
  }

  /** A fresh key that belongs to no field. */
  public KeyBytes newKey() {
    return KeyBytes.random(random);
  }

  /** Seals a grant under an epoch key. */
  public byte[] sealGrant(
      KeyBytes epochKey,
      Purpose purpose,
      SubjectLife subject,
      int epoch,
      long version,
      byte[] plaintext) {
    var header =
        ByteBuffer.allocate(GRANT_HEADER).put(FORMAT).putInt(epoch).putLong(version).array();
    return Aead.seal(
        epochKey, header, plaintext, grantPlace(purpose, subject, epoch, version), random);
  }

  /** The epoch that a grant says it is sealed under. */
  public static int grantEpoch(byte[] grant) {
    return header(grant, GRANT_HEADER).getInt();
  }

  /** The version that a grant says it has. */
  public static long grantVersion(byte[] grant) {
    return header(grant, GRANT_HEADER).getLong(1 + Integer.BYTES);
  }

  /** Whether a grant says that it is of this epoch and version; what it says is sealed with it. */
  public static boolean stands(byte[] grant, int epoch, long version) {
    return grant.length >= GRANT_HEADER
        && grant[0] == FORMAT
        && grantEpoch(grant) == epoch
        && grantVersion(grant) == version;
  }

  /**
   * Opens a grant.
   *
   * @throws UnreadableException when it does not open
   */
  public byte[] openGrant(KeyBytes epochKey, Purpose purpose, SubjectLife subject, byte[] grant) {
    return counted(
        subject,
        () -> grantField(purpose),
        () ->
            Aead.open(
                epochKey,
                grant,
                GRANT_HEADER,
                grantPlace(purpose, subject, grantEpoch(grant), grantVersion(grant))));
  }

  /** Seals a segment of an event field, or a document, under a field key. */
  public byte[] sealSegment(FieldKey key, SubjectLife subject, long number, byte[] plaintext) {
    var header = ByteBuffer.allocate(SEGMENT_HEADER).put(FORMAT).putInt(key.id()).array();
    return Aead.seal(key.key(), header, plaintext, segmentPlace(subject, key, number), random);
  }

  /**
   * Opens a segment or document.
   *
   * @param opener of what is read of this subject in one go
   * @param keys finds a field key by its id
   * @throws UnreadableException when it does not open, or its key is not among them
   */
  public byte[] openSegment(
      Opener opener,
      IntFunction<Optional<FieldKey>> keys,
      SubjectLife subject,
      Field field,
      long number,
      byte[] segment) {
    return counted(
        subject,
        () -> segmentField(field, number),
        () -> {
          var key =
              keys.apply(header(segment, SEGMENT_HEADER).getInt())
                  .filter(found -> found.field() == field)
                  .orElseThrow(() -> new UnreadableException("no key for this segment"));
          return opener.open(
              key.key(), segment, SEGMENT_HEADER, segmentPlace(subject, key, number));
        });
  }

  /** Whether a segment or document says that it is sealed under a key. */
  public static boolean isUnder(FieldKey key, byte[] segment) {
    return segment.length >= SEGMENT_HEADER
        && segment[0] == FORMAT
        && header(segment, SEGMENT_HEADER).getInt() == key.id();
  }

  /** Seals a text that stands alone, bound to its kind and subject. */
  public byte[] sealNote(KeyBytes key, String kind, SubjectLife subject, byte[] plaintext) {
    return Aead.seal(
        key, new byte[] {FORMAT}, plaintext, AssociatedData.of(kind, subject).toBytes(), random);
  }

  /**
   * Opens what {@link #sealNote} made.
   *
   * @throws UnreadableException when it does not open
   */
  public byte[] openNote(KeyBytes key, String kind, SubjectLife subject, byte[] note) {
    return counted(
        subject,
        () -> kind,
        () -> {
          header(note, NOTE_HEADER);
          return Aead.open(key, note, NOTE_HEADER, AssociatedData.of(kind, subject).toBytes());
        });
  }

  /**
   * Seals what a notice names, under an epoch key.
   *
   * @param id of the notice
   */
  public byte[] sealNotice(
      KeyBytes epochKey, String id, SubjectLife subject, int epoch, byte[] plaintext) {
    var header = ByteBuffer.allocate(NOTICE_HEADER).put(NOTICE_FORMAT).putInt(epoch).array();
    return Aead.seal(epochKey, header, plaintext, noticePlace(id, subject, epoch), random);
  }

  /**
   * The epoch that a notice says it is sealed under.
   *
   * @throws UnreadableException when it is none
   */
  public static int noticeEpoch(byte[] notice) {
    return header(notice, NOTICE_FORMAT, NOTICE_HEADER).getInt();
  }

  /**
   * Opens what {@link #sealNotice} made.
   *
   * @throws UnreadableException when it does not open
   */
  public byte[] openNotice(KeyBytes epochKey, String id, SubjectLife subject, byte[] notice) {
    return counted(
        subject,
        () -> NOTICE,
        () ->
            Aead.open(
                epochKey, notice, NOTICE_HEADER, noticePlace(id, subject, noticeEpoch(notice))));
  }

  private static byte[] noticePlace(String id, SubjectLife subject, int epoch) {
    return AssociatedData.of(NOTICE, subject).text(id).number(epoch).toBytes();
  }

  private static ByteBuffer header(byte[] blob, int length) {
    return header(blob, FORMAT, length);
  }

  /** The bytes after the format byte, which is checked. */
  private static ByteBuffer header(byte[] blob, byte format, int length) {
    if (blob.length < length || blob[0] != format) {
      throw new UnreadableException("unknown format of a sealed text");
    }
    return ByteBuffer.wrap(blob).position(1);
  }

  private static byte[] grantPlace(Purpose purpose, SubjectLife subject, int epoch, long version) {
    return AssociatedData.of("grant", subject)
        .text(purpose.wireName())
        .number(epoch)
        .number(version)
        .toBytes();
  }

  private static byte[] segmentPlace(SubjectLife subject, FieldKey key, long number) {
    return AssociatedData.of("segment", subject)
        .text(key.field().wireName())
        .number(key.id())
        .number(number)
        .toBytes();
  }
}

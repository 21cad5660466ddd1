package dev.lethe.vault.ledger;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * What the ledger says. Carries pseudonyms and sealed texts, nothing personal. As JSON every entry
 * begins with the version of the format, {@code "v":1}, and its {@code "kind"}.
 */
public sealed interface LedgerEntry {
  /** The version of the format that is written. */
  int FORMAT = 1;

  /** The entry as JSON. */
  JsonObject json();

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws UnreadableEntryException when it is of a newer format or an unknown kind, or a member
   *     is missing or wrong
   */
  static LedgerEntry of(JsonObject json) {
    return EntryReader.read(json);
  }

  private static JsonObject kind(String kind) {
    return new JsonObject().put("v", FORMAT).put("kind", kind);
  }

  /**
   * Somebody is to be erased; written before Redis is changed.
   *
   * @param life the life to end, and with it every earlier one
   * @param tokenIssuedBefore second since 1970 of the request; tokens issued in it or before are
   *     revoked
   * @param tokenDigest digest of the token that asked; empty for an administrator
   */
  record Erase(
      String erasureId,
      String pseudonym,
      long life,
      String actor,
      long tokenIssuedBefore,
      String tokenDigest)
      implements LedgerEntry {
    @Override
    public JsonObject json() {
      return kind(EntryReader.ERASE)
          .put("erasureId", erasureId)
          .put("pseudonym", pseudonym)
          .put("life", life)
          .put("actor", actor)
          .put("tokenIssuedBefore", tokenIssuedBefore)
          .put("tokenDigest", tokenDigest);
    }
  }

  /**
   * Somebody is to be erased, unless they have changed before Redis is: until {@link Erased} stands
   * behind it, it says nothing about anybody.
   *
   * @param version of the person's hash, at which alone it holds
   */
  record EraseAt(Erase erase, long version) implements LedgerEntry {
    @Override
    public JsonObject json() {
      return erase.json().put("kind", EntryReader.ERASE_AT).put("version", version);
    }
  }

  /** The person had changed: nothing was erased. */
  record EraseLapsed(String erasureId) implements LedgerEntry {
    @Override
    public JsonObject json() {
      return kind(EntryReader.ERASE_LAPSED).put("erasureId", erasureId);
    }
  }

  /**
   * The script ran: the time of this entry is when the data became inaccessible.
   *
   * @param epoch the highest under which any copy of the person can stand
   * @param by when the erasure is promised to be unrecoverable, to the millisecond
   * @param modelBy when nothing served is learned from the person any more, to the millisecond;
   *     empty when it is not now
   */
  record Erased(String erasureId, int epoch, Instant by, Optional<Instant> modelBy)
      implements LedgerEntry {
    /** Of somebody whom nothing served is learned from. */
    public Erased(String erasureId, int epoch, Instant by) {
      this(erasureId, epoch, by, Optional.empty());
    }

    @Override
    public JsonObject json() {
      var json =
          kind(EntryReader.ERASED)
              .put("erasureId", erasureId)
              .put("epoch", epoch)
              .put("by", by.toString());
      modelBy.ifPresent(promised -> json.put("modelBy", promised.toString()));
      return json;
    }
  }

  /**
   * The script ran on somebody under a legal hold: from the time of this entry the data is
   * inaccessible to everybody but the hold. {@link Erased} follows when the hold has ended.
   *
   * @param modelBy as of {@link Erased}
   */
  record Withheld(String erasureId, Optional<Instant> modelBy) implements LedgerEntry {
    /** Of somebody whom nothing served is learned from. */
    public Withheld(String erasureId) {
      this(erasureId, Optional.empty());
    }

    @Override
    public JsonObject json() {
      var json = kind(EntryReader.WITHHELD).put("erasureId", erasureId);
      modelBy.ifPresent(promised -> json.put("modelBy", promised.toString()));
      return json;
    }
  }

  /**
   * A person comes under a legal hold or a restriction, or out of it.
   *
   * @param life the person's present one; 0 when nothing of them is stored
   */
  record StateChange(Act act, String pseudonym, long life, String actor) implements LedgerEntry {
    /** What begins or ends; by its name in lower case the kind of the entry. */
    public enum Act {
      HOLD,
      RELEASE,
      RESTRICT,
      UNRESTRICT;

      String kind() {
        return name().toLowerCase(Locale.ROOT);
      }
    }

    @Override
    public JsonObject json() {
      return LedgerEntry.kind(act.kind())
          .put("pseudonym", pseudonym)
          .put("life", life)
          .put("actor", actor);
    }
  }

  /** The files of Redis have been rewritten without these. */
  record Purged(List<String> erasureIds) implements LedgerEntry {
    public Purged {
      erasureIds = List.copyOf(erasureIds);
    }

    @Override
    public JsonObject json() {
      return kind(EntryReader.PURGED).put("erasureIds", new JsonArray(erasureIds));
    }
  }

  /** The keys of an epoch are gone everywhere; whatever stood under it or an older one is noise. */
  record EpochDestroyed(int epoch, String rotationId) implements LedgerEntry {
    @Override
    public JsonObject json() {
      return kind(EntryReader.EPOCH_DESTROYED).put("epoch", epoch).put("rotationId", rotationId);
    }
  }

  /**
   * A notice of an act is over: whoever was to be told has taken it, or never will.
   *
   * @param act the erasure's id, or one that the notices of one withdrawal share
   * @param reason why not; empty when it was acknowledged
   */
  record NoticeEnded(
      String noticeId,
      String receiver,
      String event,
      String act,
      boolean acknowledged,
      String reason)
      implements LedgerEntry {
    @Override
    public JsonObject json() {
      return kind(EntryReader.NOTICE_ENDED)
          .put("noticeId", noticeId)
          .put("receiver", receiver)
          .put("event", event)
          .put("act", act)
          .put("acknowledged", acknowledged)
          .put("reason", reason);
    }
  }

  /** An epoch begins. */
  record EpochCreated(int epoch) implements LedgerEntry {
    @Override
    public JsonObject json() {
      return kind(EntryReader.EPOCH_CREATED).put("epoch", epoch);
    }
  }

  /**
   * The person had changed before Redis was: the act was not done, and nothing of it is to be done.
   *
   * @param act number of the entry that names it
   */
  record ActLapsed(String pseudonym, long act) implements LedgerEntry {
    @Override
    public JsonObject json() {
      return kind(EntryReader.ACT_LAPSED).put("pseudonym", pseudonym).put("act", act);
    }
  }

  /**
   * An act that takes away without ending the life; written before Redis is changed. It is known by
   * the number of its entry.
   */
  sealed interface Reducing extends LedgerEntry {
    String pseudonym();

    long life();

    /** The subject's version that the act leads to. */
    long version();
  }

  /**
   * A consent was withdrawn, wholly or in part.
   *
   * @param fields that stay consented to
   */
  record Withdraw(String pseudonym, long life, long version, Purpose purpose, Set<Field> fields)
      implements Reducing {
    public Withdraw {
      fields = Set.copyOf(fields);
    }

    @Override
    public JsonObject json() {
      var names = fields.stream().sorted().map(Field::wireName).toList();
      return kind(EntryReader.WITHDRAW)
          .put("pseudonym", pseudonym)
          .put("life", life)
          .put("version", version)
          .put("purpose", purpose.wireName())
          .put("fields", new JsonArray(names));
    }
  }

  /**
   * A part of a field was forgotten.
   *
   * @param epoch whose {@code self} key seals the filter
   * @param sealedFilter which part
   */
  record Forget(
      String pseudonym, long life, long version, Field field, int epoch, byte[] sealedFilter)
      implements Reducing {
    @Override
    public JsonObject json() {
      return kind(EntryReader.FORGET)
          .put("pseudonym", pseudonym)
          .put("life", life)
          .put("version", version)
          .put("field", field.wireName())
          .put("epoch", epoch)
          .put("filter", Base64.getUrlEncoder().withoutPadding().encodeToString(sealedFilter));
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Forget forget
          && pseudonym.equals(forget.pseudonym)
          && life == forget.life
          && version == forget.version
          && field == forget.field
          && epoch == forget.epoch
          && Arrays.equals(sealedFilter, forget.sealedFilter);
    }

    @Override
    public int hashCode() {
      return Objects.hash(pseudonym, life, version, field, epoch, Arrays.hashCode(sealedFilter));
    }
  }
}

package dev.lethe.vault.api;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * One message type for each thing that the vault is asked to do; the answer is an {@link Outcome}.
 */
public sealed interface VaultRequest extends BusMessage {
  /** The bus address of this type of request; each has one consumer. */
  default String address() {
    return addressOf(getClass());
  }

  static String addressOf(Class<? extends VaultRequest> type) {
    return "lethe.vault." + type.getSimpleName();
  }

  /** After this instant nobody waits for the answer. */
  Instant deadline();

  /** About one person. */
  sealed interface OfSubject extends VaultRequest {
    Caller caller();

    @Override
    default Instant deadline() {
      return caller().deadline();
    }
  }

  /**
   * The sealed fields granted for a purpose. The only request that may come from another machine.
   * Answers {@link DisclosureAnswer}.
   *
   * @param receipt an unguessable name, under which {@link SignRanking} finds for a few seconds
   *     what was answered; empty when no receipt is wanted
   */
  record Disclose(Caller caller, Purpose purpose, Optional<String> receipt) implements OfSubject {
    /** Of which no receipt is wanted. */
    public Disclose(Caller caller, Purpose purpose) {
      this(caller, purpose, Optional.empty());
    }
  }

  /**
   * Signs a receipt of a ranking. What it says of the person is what the vault disclosed; all else
   * is signed as the ranker's words. Reads nobody. Answers the receipt (JWS compact), a {@link
   * String}; {@code NOT_FOUND} when nothing is remembered under that name, or not the fields that
   * the ranker says it used.
   *
   * @param disclosure the {@code receipt} of the {@link Disclose} that it rests on, which is
   *     forgotten with this; empty when the ranker says that it asked for none
   */
  record SignRanking(Optional<String> disclosure, RankingStatement stated, Instant deadline)
      implements VaultRequest {}

  /**
   * Some of those who agreed to training, with what they agreed to; each is told in their access
   * log. Answers {@link TrainingPage}.
   *
   * @param cursor {@link TrainingPage#START} or the end of the page before
   */
  record DiscloseForTraining(String cursor, Instant deadline) implements VaultRequest {}

  /**
   * Keeps what is being counted of people with what is stored of them. Answers a {@link List} of
   * {@link Boolean}, one for each in their order: whether it is kept. It is not when the person has
   * changed since, and then they must not be counted.
   */
  record KeepContributions(List<Contribution> contributions, Instant deadline)
      implements VaultRequest {}

  /** Answers {@link ProfileView}; {@code NOT_FOUND} when no field holds data. */
  record ReadProfile(Caller caller) implements OfSubject {}

  /** Replaces a document. Answers the profile's new version, a {@link Long}. */
  record PutDocument(Caller caller, Document document, OptionalLong ifMatch) implements OfSubject {}

  /** Adds events of one field, all or nothing. Answers how many, an {@link Integer}. */
  record AppendEvents(
      Caller caller,
      Field field,
      List<? extends Event> events,
      Optional<Idempotency> idempotency,
      OptionalLong ifMatch)
      implements OfSubject {}

  /**
   * Forgets a field or a part of it. Answers how many events or documents went, an {@link Integer}.
   */
  record Forget(Caller caller, Field field, ForgetFilter filter, OptionalLong ifMatch)
      implements OfSubject {}

  /** Answers {@link Consents}; those of a stranger are empty. */
  record ReadConsents(Caller caller) implements OfSubject {}

  /** Decides about one purpose. Answers {@link ConsentGiven}. */
  record PutConsent(Caller caller, Purpose purpose, Set<Field> fields, OptionalLong ifMatch)
      implements OfSubject {}

  /** Answers a {@link java.util.List} of {@link AccessLogEntry}, newest day first. */
  record ReadAccessLog(Caller caller) implements OfSubject {}

  /** Everything about the caller. Answers {@link Export}. */
  record ReadExport(Caller caller) implements OfSubject {}

  /**
   * Erases a person. Answers {@link Erasure}; {@code NOT_FOUND} when nothing was ever stored. Who
   * is erased already has no version that could be stale.
   */
  record Erase(Caller caller, String actor, OptionalLong ifMatch) implements OfSubject {
    /** Whatever the version of the profile. */
    public Erase(Caller caller, String actor) {
      this(caller, actor, OptionalLong.empty());
    }
  }

  /**
   * Puts a person under a legal hold or a restriction, or takes them out of it. Answers {@link
   * SubjectState}, also when that is so already; {@code NOT_FOUND} when there is nothing to hold or
   * to restrict, or nothing was ever stored of the person.
   */
  record ChangeState(Caller caller, StateChange change, String actor) implements OfSubject {}

  /** What is to become of a person's state. */
  enum StateChange {
    /** Erasures wait until {@link #RELEASE}. */
    HOLD,
    /** The legal hold ends: erasures that waited for it are carried out. */
    RELEASE,
    /** Nobody but the owner is shown anything, and nothing is added, until {@link #UNRESTRICT}. */
    RESTRICT,
    /** The restriction ends. */
    UNRESTRICT
  }

  /**
   * What a legal hold keeps of a person. Answers a {@link List} of {@link HeldLife}, oldest life
   * first; {@code NOT_FOUND} when the person is under none.
   */
  record ReadHeld(Caller caller) implements OfSubject {}

  /** Reseals a person under new field keys. Answers the new version, a {@link Long}. */
  record Rekey(Caller caller, String actor) implements OfSubject {}

  /**
   * Brings an existing profile in. Answers {@link PersonImport.Result}.
   *
   * @param append whether it may be added to what is stored of the person here
   * @param afterErasure whether it may bring somebody back who was erased here
   * @param idempotency of this import and this person's part of it
   */
  record ImportSubject(
      Caller caller,
      PersonImport person,
      boolean append,
      boolean afterErasure,
      Idempotency idempotency)
      implements OfSubject {}

  /** Whether the caller's token stands. Answers {@link Boolean#TRUE}, or {@code TOKEN_REVOKED}. */
  record CheckToken(Caller caller) implements OfSubject {}

  /** Answers {@link Erasure}. */
  record ReadErasure(String erasureId, Instant deadline) implements VaultRequest {}

  /**
   * Lists erasures. Answers {@link ErasurePage}.
   *
   * @param after the end of the page before; 0 for the first
   * @param limit how many at most
   */
  record ListErasures(ErasurePage.State state, long after, int limit, Instant deadline)
      implements VaultRequest {}

  /** Answers {@link Rotation}; {@code CONFLICT} while one runs. */
  record StartRotation(String actor, String reason, Instant deadline) implements VaultRequest {}

  /** Answers {@link Rotation}. */
  record ReadRotation(String id, Instant deadline) implements VaultRequest {}

  /**
   * Pauses a rotation. Answers {@link Rotation}; {@code CONFLICT} once the old epoch is being
   * destroyed.
   */
  record PauseRotation(String id, Instant deadline) implements VaultRequest {}

  /** Lets a paused rotation go on. Answers {@link Rotation}; {@code CONFLICT} when it is over. */
  record ResumeRotation(String id, Instant deadline) implements VaultRequest {}

  /**
   * The keys of an epoch are in somebody else's hands: rotates at once and replaces every field key
   * that they could open. Answers {@link Rotation}; {@code NOT_FOUND} when there never was such an
   * epoch.
   */
  record Compromised(int epoch, Instant deadline) implements VaultRequest {}

  /**
   * Counts whom the keys of an epoch for a purpose could open.
   *
   * @param from when the keys may have been used, inclusive
   * @param to exclusive. Answers {@link Exposure}; {@code NOT_FOUND} when there never was such an
   *     epoch.
   */
  record CountExposure(int epoch, Purpose purpose, Instant from, Instant to, Instant deadline)
      implements VaultRequest {}

  /** Answers {@link Keys}. */
  record ReadKeys(Instant deadline) implements VaultRequest {}

  /**
   * Writes an entry of the audit log; answers its sequence number, a {@link Long}, once it is
   * durable.
   */
  record Audit(AuditName actor, String action, AuditName target, String outcome, Instant deadline)
      implements VaultRequest {}

  /** Answers {@link AuditPage}. */
  record ReadAudit(long after, int limit, Instant deadline) implements VaultRequest {}

  /** Answers {@link ChainCheck} of the audit log. */
  record VerifyAudit(Instant deadline) implements VaultRequest {}

  /** The public keys that verify receipts; answers a JWK set as JSON text, a {@link String}. */
  record ReadReceiptKeys(Instant deadline) implements VaultRequest {}

  /** Answers {@link VaultHealth}. */
  record ReadHealth(Instant deadline) implements VaultRequest {}

  /** Answers {@link VaultFigures}, also while the store is away. */
  record ReadFigures(Instant deadline) implements VaultRequest {}
}

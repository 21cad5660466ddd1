package dev.lethe.vault.ledger;

import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import io.vertx.core.json.JsonObject;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads ledger entries from JSON. */
record EntryReader(JsonObject json) {
  static final String ERASE = "erase";
  static final String ERASE_AT = "erase-at";
  static final String ERASE_LAPSED = "erase-lapsed";
  static final String ERASED = "erased";
  static final String WITHHELD = "withheld";
  static final String PURGED = "purged";
  static final String EPOCH_DESTROYED = "epoch-destroyed";
  static final String EPOCH_CREATED = "epoch-created";
  static final String NOTICE_ENDED = "notice-ended";
  static final String ACT_LAPSED = "act-lapsed";
  static final String WITHDRAW = "withdraw";
  static final String FORGET = "forget";

  static LedgerEntry read(JsonObject json) {
    try {
      return new EntryReader(json).entry();
    } catch (ClassCastException | IllegalArgumentException | DateTimeException e) {
      throw new UnreadableEntryException("a member of the entry is wrong", e);
    }
  }

  private LedgerEntry entry() {
    var format = number("v");
    if (format != LedgerEntry.FORMAT) {
      throw new UnreadableEntryException(
          "the entry is of format %d, this program reads format %d; use a newer program"
              .formatted(format, LedgerEntry.FORMAT));
    }
    var kind = text("kind");
    return switch (kind) {
      case ERASE -> erase();
      case ERASE_AT -> new LedgerEntry.EraseAt(erase(), number("version"));
      case ERASE_LAPSED -> new LedgerEntry.EraseLapsed(text("erasureId"));
      case ERASED ->
          new LedgerEntry.Erased(text("erasureId"), epoch(), Instant.parse(text("by")), modelBy());
      case WITHHELD -> new LedgerEntry.Withheld(text("erasureId"), modelBy());
      case PURGED -> new LedgerEntry.Purged(texts("erasureIds"));
      case EPOCH_DESTROYED -> new LedgerEntry.EpochDestroyed(epoch(), text("rotationId"));
      case EPOCH_CREATED -> new LedgerEntry.EpochCreated(epoch());
      case NOTICE_ENDED ->
          new LedgerEntry.NoticeEnded(
              text("noticeId"),
              text("receiver"),
              text("event"),
              text("act"),
              flag("acknowledged"),
              text("reason"));
      case ACT_LAPSED -> new LedgerEntry.ActLapsed(text("pseudonym"), number("act"));
      case WITHDRAW ->
          new LedgerEntry.Withdraw(
              text("pseudonym"), number("life"), number("version"), purpose(), fields());
      case FORGET ->
          new LedgerEntry.Forget(
              text("pseudonym"),
              number("life"),
              number("version"),
              field(text("field")),
              epoch(),
              Base64.getUrlDecoder().decode(text("filter")));
      default -> stateChange(kind);
    };
  }

  private LedgerEntry.StateChange stateChange(String kind) {
    return Stream.of(LedgerEntry.StateChange.Act.values())
        .filter(act -> act.kind().equals(kind))
        .findFirst()
        .map(
            act ->
                new LedgerEntry.StateChange(act, text("pseudonym"), number("life"), text("actor")))
        .orElseThrow(
            () ->
                new UnreadableEntryException(
                    "the entry is of kind " + kind + ", which this program does not know"));
  }

  private LedgerEntry.Erase erase() {
    return new LedgerEntry.Erase(
        text("erasureId"),
        text("pseudonym"),
        number("life"),
        text("actor"),
        number("tokenIssuedBefore"),
        text("tokenDigest"));
  }

  private Optional<Instant> modelBy() {
    return Optional.ofNullable(json.getString("modelBy")).map(Instant::parse);
  }

  private int epoch() {
    return Math.toIntExact(number("epoch"));
  }

  private Purpose purpose() {
    var name = text("purpose");
    return Stream.of(Purpose.values())
        .filter(purpose -> purpose.wireName().equals(name))
        .findFirst()
        .orElseThrow(() -> new UnreadableEntryException("there is no purpose " + name));
  }

  private Set<Field> fields() {
    return texts("fields").stream().map(EntryReader::field).collect(Collectors.toSet());
  }

  private static Field field(String name) {
    return Field.ofWireName(name)
        .orElseThrow(() -> new UnreadableEntryException("there is no field " + name));
  }

  private String text(String name) {
    present(name);
    return json.getString(name);
  }

  private long number(String name) {
    present(name);
    return json.getLong(name);
  }

  private boolean flag(String name) {
    present(name);
    return json.getBoolean(name);
  }

  private List<String> texts(String name) {
    present(name);
    return json.getJsonArray(name).stream().map(text -> (String) text).toList();
  }

  private void present(String name) {
    if (json.getValue(name) == null) {
      throw new UnreadableEntryException("the entry lacks " + name);
    }
  }
}

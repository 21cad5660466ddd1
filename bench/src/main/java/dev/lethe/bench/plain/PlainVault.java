package dev.lethe.bench.plain;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.ConsentRef;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.NearbyConsumers;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers what a vault answers, from JSON in Redis. Whatever it is asked, it trusts: no consent is
 * checked, no version compared, no retention applied, nothing signed and nothing recorded.
 */
final class PlainVault extends VerticleBase {
  /** Above what the bus may hold back for a consumer, which it would drop silently. */
  private static final int BUS_BUFFER = 100_000;

  private static final String CONSENT = "consent.";
  private static final byte[] NO_GRANT = {};
  private static final AtomicLong SEGMENT = new AtomicLong(System.currentTimeMillis() << 20);

  private final PlainStore store;
  private final RetentionRule retention;

  PlainVault(PlainStore store, RetentionRule retention) {
    this.store = store;
    this.retention = retention;
  }

  @Override
  public Future<?> start() {
    return Future.all(
        List.of(
            on(VaultRequest.Disclose.class, this::disclose),
            on(VaultRequest.ReadProfile.class, this::read),
            on(VaultRequest.AppendEvents.class, this::append),
            on(VaultRequest.PutDocument.class, this::put),
            on(VaultRequest.Forget.class, this::forget),
            on(VaultRequest.ReadConsents.class, this::consents),
            on(VaultRequest.PutConsent.class, this::decide),
            on(VaultRequest.ReadAccessLog.class, request -> done(List.of())),
            on(VaultRequest.Erase.class, this::erase),
            on(VaultRequest.ReadErasure.class, this::erasure)));
  }

  private <R extends VaultRequest, T> Future<Void> on(
      Class<R> type, Function<R, Future<Outcome<T>>> handler) {
    var options =
        new MessageConsumerOptions()
            .setAddress(VaultRequest.addressOf(type))
            .setMaxBufferedMessages(BUS_BUFFER);
    return NearbyConsumers.consume(
        vertx,
        options,
        (Message<R> message) ->
            handler
                .apply(message.body())
                .onSuccess(message::reply)
                .onFailure(failure -> message.fail(500, failure.getClass().getSimpleName())));
  }

  private static <T> Future<Outcome<T>> done(T value) {
    return Future.succeededFuture(Outcome.done(value));
  }

  private Future<Outcome<DisclosureAnswer>> disclose(VaultRequest.Disclose request) {
    return store
        .read(request.caller().subject())
        .map(
            hash -> {
              var stored = new ArrayList<Disclosure.Sealed>();
              hash.forEach((name, json) -> stored(name, json).ifPresent(stored::add));
              return Outcome.done(
                  stored.isEmpty()
                      ? new DisclosureAnswer.NoData()
                      : new DisclosureAnswer.Disclosed(
                          new Disclosure(
                              "",
                              0,
                              0,
                              request.purpose(),
                              NO_GRANT,
                              stored,
                              retention,
                              consent(request.purpose(), hash))));
            });
  }

  /** There is one version and one time for everything. */
  private static ConsentRef consent(Purpose purpose, Map<String, byte[]> hash) {
    return new ConsentRef(
        purpose,
        number(hash, PlainStore.VERSION),
        Instant.ofEpochMilli(number(hash, PlainStore.UPDATED_AT)));
  }

  private static Optional<Disclosure.Sealed> stored(String name, byte[] json) {
    for (var field : Field.values()) {
      if (field.holdsEvents() && StoredProfile.isSegment(name, field)) {
        long number = Long.parseLong(name.substring(StoredProfile.segmentPrefix(field).length()));
        return Optional.of(new Disclosure.Sealed(field, number, json));
      }
      if (name.equals(field.wireName())) {
        return Optional.of(new Disclosure.Sealed(field, 0, json));
      }
    }
    return Optional.empty();
  }

  private Future<Outcome<ProfileView>> read(VaultRequest.ReadProfile request) {
    return store
        .read(request.caller().subject())
        .map(
            hash -> {
              var profile = StoredProfile.profile(hash);
              return profile.fieldsWithData().isEmpty()
                  ? Outcome.refused(Refusal.NOT_FOUND)
                  : Outcome.done(
                      new ProfileView(
                          profile,
                          number(hash, PlainStore.VERSION),
                          Instant.ofEpochMilli(number(hash, PlainStore.UPDATED_AT))));
            });
  }

  private static long number(Map<String, byte[]> hash, String name) {
    return Optional.ofNullable(hash.get(name))
        .map(digits -> Long.parseLong(new String(digits, UTF_8)))
        .orElse(0L);
  }

  private Future<Outcome<Integer>> append(VaultRequest.AppendEvents request) {
    var name = StoredProfile.segmentPrefix(request.field()) + SEGMENT.incrementAndGet();
    return store
        .put(request.caller().subject(), name, StoredProfile.events(request.events()), now())
        .map(version -> Outcome.done(request.events().size()));
  }

  private Future<Outcome<Long>> put(VaultRequest.PutDocument request) {
    var document = request.document();
    return store
        .put(
            request.caller().subject(),
            document.field().wireName(),
            StoredProfile.document(document),
            now())
        .map(Outcome::done);
  }

  private Future<Outcome<Integer>> forget(VaultRequest.Forget request) {
    var person = request.caller().subject();
    return store
        .read(person)
        .compose(
            hash -> {
              Map<String, byte[]> changed = new HashMap<>();
              var emptied = new ArrayList<String>();
              int removed = 0;
              for (var segment : hash.entrySet()) {
                if (!StoredProfile.isSegment(segment.getKey(), request.field())) {
                  continue;
                }
                var before = StoredProfile.events(segment.getValue());
                List<Event> after =
                    before.stream().filter(event -> !request.filter().matches(event)).toList();
                removed += before.size() - after.size();
                if (after.isEmpty()) {
                  emptied.add(segment.getKey());
                } else if (after.size() < before.size()) {
                  changed.put(segment.getKey(), StoredProfile.events(after));
                }
              }
              return store.replace(person, changed, emptied, now()).map(Outcome.done(removed));
            });
  }

  private Future<Outcome<Consents>> consents(VaultRequest.ReadConsents request) {
    return store.read(request.caller().subject()).map(hash -> Outcome.done(consents(hash)));
  }

  private static Consents consents(Map<String, byte[]> hash) {
    var updatedAt = Instant.ofEpochMilli(number(hash, PlainStore.UPDATED_AT));
    var decisions = new EnumMap<Purpose, Consents.Decision>(Purpose.class);
    Purpose.consentables()
        .forEach(
            purpose ->
                decisions.put(
                    purpose,
                    Optional.ofNullable(hash.get(CONSENT + purpose.wireName()))
                        .map(names -> new Consents.Decision(fields(names), Optional.of(updatedAt)))
                        .orElse(Consents.Decision.NONE)));
    return new Consents(number(hash, PlainStore.VERSION), decisions);
  }

  private static Set<Field> fields(byte[] names) {
    var fields = new LinkedHashSet<Field>();
    for (var name : new String(names, UTF_8).split(",", -1)) {
      Field.ofWireName(name).ifPresent(fields::add);
    }
    return fields;
  }

  private Future<Outcome<ConsentGiven>> decide(VaultRequest.PutConsent request) {
    var person = request.caller().subject();
    var names = request.fields().stream().map(Field::wireName).collect(Collectors.joining(","));
    var indexed = store.index(person, request.purpose(), !request.fields().isEmpty());
    return store
        .put(person, CONSENT + request.purpose().wireName(), names.getBytes(UTF_8), now())
        .compose(version -> indexed)
        .compose(done -> store.read(person))
        .map(hash -> Outcome.done(new ConsentGiven(consents(hash), "", Optional.empty())));
  }

  private Future<Outcome<Erasure>> erase(VaultRequest.Erase request) {
    var id = UUID.randomUUID().toString();
    long now = now();
    return store
        .erase(request.caller().subject(), id, now)
        .map(gone -> gone ? Outcome.done(erasure(id, now)) : Outcome.refused(Refusal.NOT_FOUND));
  }

  private Future<Outcome<Erasure>> erasure(VaultRequest.ReadErasure request) {
    return store
        .erasedAt(request.erasureId())
        .map(
            at ->
                at.map(millis -> Outcome.done(erasure(request.erasureId(), millis)))
                    .orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND)));
  }

  private static Erasure erasure(String id, long at) {
    return new Erasure(
        id,
        false,
        new Erasure.Stage(Instant.ofEpochMilli(at), ""),
        Optional.empty(),
        new Erasure.Unrecoverable(Optional.empty(), Optional.empty()));
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}

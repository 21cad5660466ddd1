package dev.lethe.bench.plain;

import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Disclosure;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.NearbyConsumers;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.MessageConsumerOptions;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Answers what a vault answers, from JSON in Redis. Whatever it is asked, it trusts: no consent is
 * checked, no version compared, no retention applied, nothing signed and nothing recorded.
 */
final class PlainVault extends VerticleBase {
  /** Above what the bus may hold back for a consumer, which it would drop silently. */
  private static final int BUS_BUFFER = 100_000;

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
            person -> {
              var fields = person.fields();
              return Outcome.done(
                  fields.isEmpty()
                      ? new DisclosureAnswer.NoData()
                      : new DisclosureAnswer.Disclosed(
                          new Disclosure(
                              "",
                              0,
                              0,
                              request.purpose(),
                              NO_GRANT,
                              fields,
                              retention,
                              person.consent(request.purpose()))));
            });
  }

  private Future<Outcome<ProfileView>> read(VaultRequest.ReadProfile request) {
    return store.read(request.caller().subject()).map(StoredPerson::view).map(PlainVault::found);
  }

  private static <T> Outcome<T> found(Optional<T> value) {
    return value.map(Outcome::done).orElseGet(() -> Outcome.refused(Refusal.NOT_FOUND));
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
        .map(stored -> stored.forgetting(request.field(), request.filter()))
        .compose(
            forgetting ->
                store
                    .replace(person, forgetting.changed(), forgetting.emptied(), now())
                    .map(Outcome.done(forgetting.events())));
  }

  private Future<Outcome<Consents>> consents(VaultRequest.ReadConsents request) {
    return store.read(request.caller().subject()).map(StoredPerson::consents).map(Outcome::done);
  }

  private Future<Outcome<ConsentGiven>> decide(VaultRequest.PutConsent request) {
    var person = request.caller().subject();
    var indexed = store.index(person, request.purpose(), !request.fields().isEmpty());
    return store
        .put(
            person,
            StoredPerson.decisionName(request.purpose()),
            StoredPerson.decision(request.fields()),
            now())
        .compose(version -> indexed)
        .compose(done -> store.read(person))
        .map(stored -> Outcome.done(new ConsentGiven(stored.consents(), "", Optional.empty())));
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
        .map(at -> found(at.map(millis -> erasure(request.erasureId(), millis))));
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

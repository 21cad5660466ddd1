package dev.lethe.vault;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.HeldLife;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.SubjectState;
import dev.lethe.vault.api.TokenRef;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** What people and administrators do to a vault in stories about holds and restrictions. */
record People(RunningVault vault) {
  /** Somebody who has stored something, the name in all of it, and agrees to all of it. */
  Caller settle(String name) {
    var caller = vault.caller(name);
    watch(caller, "title-" + name);
    vault.<Long>done(document(caller, "region-" + name));
    consent(caller, Purpose.PERSONALIZATION, Field.values());
    consent(caller, Purpose.TRAINING, Field.HISTORY);
    return caller;
  }

  /** The same person with a token that no erasure until now has revoked. */
  Caller later(String name, int seconds) {
    return vault.caller(name, Instant.now().getEpochSecond() + seconds);
  }

  void watch(Caller caller, String item) {
    vault.<Integer>done(watching(caller, item));
  }

  VaultRequest.AppendEvents watching(Caller caller, String item) {
    var event =
        new Event.Watched(item, Instant.now(), OptionalDouble.empty(), OptionalDouble.empty());
    return new VaultRequest.AppendEvents(
        caller, Field.HISTORY, List.of(event), Optional.empty(), OptionalLong.empty());
  }

  VaultRequest.PutDocument document(Caller caller, String region) {
    return new VaultRequest.PutDocument(
        caller,
        new Demographics(Optional.empty(), Optional.of(region), Optional.empty()),
        OptionalLong.empty());
  }

  VaultRequest.PutConsent deciding(Caller caller, Purpose purpose, Field... fields) {
    return new VaultRequest.PutConsent(caller, purpose, Set.of(fields), OptionalLong.empty());
  }

  void consent(Caller caller, Purpose purpose, Field... fields) {
    vault.<ConsentGiven>done(deciding(caller, purpose, fields));
  }

  void forget(Caller caller, String item) {
    vault.<Integer>done(
        new VaultRequest.Forget(
            caller,
            Field.HISTORY,
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(item)),
            OptionalLong.empty()));
  }

  Erasure erase(Caller caller) {
    return vault.done(new VaultRequest.Erase(caller, "owner"));
  }

  Erasure erasure(String id) {
    return vault.done(new VaultRequest.ReadErasure(id, vault.deadline()));
  }

  List<String> items(Caller caller) {
    return items(vault.<ProfileView>done(new VaultRequest.ReadProfile(caller)));
  }

  static List<String> items(ProfileView view) {
    return view.profile().history().stream().map(Event.Watched::item).toList();
  }

  DisclosureAnswer disclosed(Caller caller, Purpose purpose) {
    return vault.done(new VaultRequest.Disclose(caller, purpose));
  }

  /** An administrator who acts on somebody. */
  Caller admin(Caller person) {
    return new Caller(person.subject(), TokenRef.ADMINISTRATOR, vault.deadline(), person.traceId());
  }

  VaultRequest.ChangeState changing(Caller person, StateChange change) {
    return new VaultRequest.ChangeState(admin(person), change, "operator");
  }

  SubjectState change(Caller person, StateChange change) {
    return vault.done(changing(person, change));
  }

  VaultRequest.ReadHeld reading(Caller person) {
    return new VaultRequest.ReadHeld(admin(person));
  }

  List<HeldLife> held(Caller person) {
    return vault.done(reading(person));
  }

  /** The titles that the hold keeps, of all lives. */
  List<String> heldItems(Caller person) {
    return held(person).stream()
        .flatMap(life -> life.export().profile().stream())
        .flatMap(view -> items(view).stream())
        .toList();
  }
}

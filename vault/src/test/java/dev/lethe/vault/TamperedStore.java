package dev.lethe.vault;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.AuditName;
import dev.lethe.vault.api.AuditPage;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.DisclosureAnswer;
import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Document.Demographics;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Profile;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultFigures;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.redis.SubjectCopies;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** A vault, somebody with write access to its Redis, and what becomes of what they write. */
final class TamperedStore implements AutoCloseable {
  /** Whatever is sealed is longer; what is stored in clear is not, but for a token's digest. */
  private static final int SEALING_BYTES = 28;

  private static final String TOKEN = "token";

  private static final Set<Purpose> PURPOSES = Set.of(Purpose.PERSONALIZATION, Purpose.TRAINING);

  private final RunningVault vault;
  final SubjectCopies redis;

  /** Who was refused something. */
  record Refused(boolean owner, boolean ranker, boolean trainer) {
    static final Refused NOBODY = new Refused(false, false, false);
  }

  /** What somebody is shown as long as nothing is changed. */
  record Genuine(Profile owner, Map<Purpose, Profile> readers) {}

  TamperedStore(Path folder) throws IOException {
    vault = new RunningVault(folder);
    redis = new SubjectCopies(vault.vertx(), folder);
  }

  RunningVault vault() {
    return vault;
  }

  /** Stores something and agrees to both purposes; answers the key in Redis. */
  String settle(Caller caller) {
    var before = redis.keys();
    for (var purpose : PURPOSES) {
      consent(caller, purpose, Field.HISTORY, Field.DEMOGRAPHICS, Field.SEARCHES);
    }
    var name = caller.subject().subject();
    append(
        caller,
        Field.HISTORY,
        new Event.Watched(
            "title of " + name, Instant.now(), OptionalDouble.empty(), OptionalDouble.empty()));
    append(caller, Field.SEARCHES, new Event.Searched("query of " + name, Instant.now()));
    vault.<Long>done(
        new VaultRequest.PutDocument(
            caller,
            new Demographics(Optional.empty(), Optional.of("region of " + name), Optional.empty()),
            OptionalLong.empty()));
    var keys = redis.keys();
    keys.removeAll(before);
    return keys.stream().findFirst().orElse("");
  }

  void consent(Caller caller, Purpose purpose, Field... fields) {
    vault.<Object>done(
        new VaultRequest.PutConsent(caller, purpose, Set.of(fields), OptionalLong.empty()));
  }

  private void append(Caller caller, Field field, Event event) {
    vault.<Object>done(
        new VaultRequest.AppendEvents(
            caller, field, List.of(event), Optional.empty(), OptionalLong.empty()));
  }

  /** The sealed blobs of a subject by name. */
  Map<String, byte[]> blobs(String key) {
    var flat = redis.copy(key);
    var blobs = new LinkedHashMap<String, byte[]>();
    for (int i = 0; i < flat.size(); i += 2) {
      var name = new String(flat.get(i), UTF_8);
      if (flat.get(i + 1).length > SEALING_BYTES && !name.equals(TOKEN)) {
        blobs.put(name, flat.get(i + 1));
      }
    }
    return blobs;
  }

  /** One sealed blob of a subject. */
  byte[] blob(String key, String name) {
    return Objects.requireNonNull(blobs(key).get(name), name);
  }

  Genuine genuine(Caller caller) {
    var readers = new EnumMap<Purpose, Profile>(Purpose.class);
    for (var purpose : PURPOSES) {
      readers.put(purpose, ((Opened.Fields) open(disclose(caller, purpose), purpose)).profile());
    }
    var owner = vault.<ProfileView>done(new VaultRequest.ReadProfile(renewed(caller))).profile();
    return new Genuine(owner, readers);
  }

  /** Asks for everything; fails when anything but the genuine data is shown. */
  Refused look(Caller caller, Genuine genuine) {
    Outcome<ProfileView> shown = vault.ask(new VaultRequest.ReadProfile(renewed(caller)));
    boolean owner = true;
    if (shown instanceof Outcome.Done<ProfileView> done) {
      assertThat(done.value().profile()).isEqualTo(genuine.owner());
      owner = false;
    } else {
      assertThat(shown).isEqualTo(Outcome.refused(Refusal.UNAVAILABLE));
    }
    return new Refused(
        owner,
        refused(caller, Purpose.PERSONALIZATION, genuine),
        refused(caller, Purpose.TRAINING, genuine));
  }

  private boolean refused(Caller caller, Purpose purpose, Genuine genuine) {
    var answer = disclose(caller, purpose);
    if (!(answer instanceof Outcome.Done<DisclosureAnswer>)) {
      assertThat(answer).isEqualTo(Outcome.refused(Refusal.UNAVAILABLE));
      return true;
    }
    var opened = open(answer, purpose);
    if (!(opened instanceof Opened.Fields fields)) {
      assertThat(opened).isInstanceOf(Opened.Unreadable.class);
      return true;
    }
    assertThat(fields.profile())
        .isEqualTo(without(genuine.readers().getOrDefault(purpose, none()), fields.unreadable()));
    return !fields.unreadable().isEmpty();
  }

  private static Profile none() {
    return new Profile(List.of(), List.of(), Optional.empty(), Optional.empty());
  }

  private static Profile without(Profile profile, Set<Field> fields) {
    return new Profile(
        fields.contains(Field.HISTORY) ? List.of() : profile.history(),
        fields.contains(Field.SEARCHES) ? List.of() : profile.searches(),
        fields.contains(Field.DEMOGRAPHICS) ? Optional.empty() : profile.demographics(),
        fields.contains(Field.PREFERENCES) ? Optional.empty() : profile.preferences());
  }

  private Outcome<DisclosureAnswer> disclose(Caller caller, Purpose purpose) {
    return vault.ask(new VaultRequest.Disclose(renewed(caller), purpose));
  }

  private Opened open(Outcome<DisclosureAnswer> answer, Purpose purpose) {
    var disclosed = (DisclosureAnswer.Disclosed) ((Outcome.Done<DisclosureAnswer>) answer).value();
    return vault.vault().openerFor(purpose).open(disclosed.disclosure());
  }

  /** The same token, with time for another question. */
  Caller renewed(Caller caller) {
    return vault.caller(caller.subject().subject(), caller.token().issuedAt());
  }

  long refusals() {
    return vault.<VaultFigures>done(new VaultRequest.ReadFigures(vault.deadline())).refusedBlobs();
  }

  /** Which blobs are on record as refused, in order. */
  List<String> onRecord() {
    var test = new AuditName.Clear("test");
    // Entries are written in order: when this one is, so are those before it.
    vault.<Object>done(new VaultRequest.Audit(test, "look", test, "done", vault.deadline()));
    return vault
        .<AuditPage>done(new VaultRequest.ReadAudit(0, 1000, vault.deadline()))
        .entries()
        .stream()
        .filter(entry -> entry.action().equals("unreadable"))
        .map(AuditPage.Entry::target)
        .toList();
  }

  @Override
  public void close() {
    redis.close();
    vault.close();
  }
}

package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.ConsentGiven;
import dev.lethe.vault.api.Consents;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.ForgetFilter;
import dev.lethe.vault.api.Outcome;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.redis.SubjectCopies;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever a person did, and whichever older copy of them is put back into a real Redis: it shows
 * exactly what that copy held, less what was taken away later in the same life.
 */
@SuppressWarnings("NullAway.Init")
final class ReplayExactnessTest {
  private static Path folder;
  private static RunningVault vault;
  private static SubjectCopies copies;
  private static int subjects;

  private sealed interface Act {
    record Watch(String item) implements Act {}

    record Forget(String item) implements Act {}

    record Consent(Set<Field> fields) implements Act {}

    record Erase() implements Act {}
  }

  /** What a person can see of themselves. */
  private record View(Set<String> items, Set<Field> consents) {
    static final View NOTHING = new View(Set.of(), Set.of());
  }

  /**
   * A copy that was taken after an act.
   *
   * @param life counts from 1
   * @param alive whether anything was stored in it
   */
  private record Copy(int life, boolean alive, View view, List<byte[]> stored) {}

  @BeforeContainer
  static void start() throws IOException {
    folder = Files.createTempDirectory("lethe-replay");
    vault = new RunningVault(folder);
    copies = new SubjectCopies(vault.vertx(), folder);
  }

  @AfterContainer
  static void stop() throws IOException {
    copies.close();
    vault.close();
    try (var all = Files.walk(folder)) {
      for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  Arbitrary<List<Act>> stories() {
    var items = Arbitraries.of("m-1", "m-2", "m-3");
    var fields = Arbitraries.of(Field.HISTORY, Field.SEARCHES).set().ofMaxSize(2);
    return Arbitraries.frequencyOf(
            Tuple.of(5, items.map(Act.Watch::new)),
            Tuple.of(3, items.map(Act.Forget::new)),
            Tuple.of(4, fields.map(Act.Consent::new)),
            Tuple.of(1, Arbitraries.just(new Act.Erase())))
        .map(act -> (Act) act)
        .list()
        .ofMinSize(4)
        .ofMaxSize(12);
  }

  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void aCopyPutBackShowsWhatItHeldLessWhatWasTakenAwayLater(@ForAll("stories") List<Act> story) {
    var person = new Person("person-" + subjects++);
    var before = copies.keys();
    vault.<Integer>done(person.watch("m-0"));
    var key = copies.keys().stream().filter(found -> !before.contains(found)).findFirst();
    person.apply(new Act.Watch("m-0"));
    var taken = new ArrayList<Copy>();
    taken.add(person.copy(key.orElseThrow()));
    for (var act : story) {
      person.perform(act);
      taken.add(person.copy(key.orElseThrow()));
    }

    for (var i = taken.size() - 1; i >= 0; i--) {
      copies.putBack(key.orElseThrow(), taken.get(i).stored());
      var expected = expected(taken.get(i), person.life, story.subList(i, story.size()));
      assertThat(person.look()).as("copy %d of %s", i, story).isEqualTo(expected);
      assertThat(person.look()).as("once more").isEqualTo(expected);
    }
  }

  /**
   * A fail-over to a replica that lags, then a backup of the server that was given up: it has later
   * versions than the one that took over, and loses what was taken away there all the same.
   */
  @Property(tries = 25, shrinking = ShrinkingMode.OFF)
  void aCopyOfAStoreThatWasGivenUpShowsWhatItHeldLessWhatWasTakenAwaySince(
      @ForAll("stories") List<Act> before,
      @ForAll("stories") List<Act> onTheOne,
      @ForAll("stories") List<Act> onTheOther) {
    var person = new Person("person-" + subjects++);
    var others = copies.keys();
    person.perform(new Act.Watch("m-0"));
    var key =
        copies.keys().stream().filter(found -> !others.contains(found)).findFirst().orElseThrow();
    before.forEach(person::perform);
    person.perform(new Act.Watch("m-0")); // whoever was erased is back
    var replica = person.copy(key);
    onTheOne.forEach(person::perform);
    var givenUp = person.copy(key);

    copies.putBack(key, replica.stored());
    person.view = expected(replica, person.life, onTheOne);
    person.alive = givenUp.life() == replica.life();
    var tookOver = person.copy(key);
    var done = new ArrayList<Act>();
    for (var act : onTheOther) {
      // Of whom nothing is stored, nothing is erased or forgotten.
      if (person.alive || act instanceof Act.Watch || act instanceof Act.Consent) {
        done.add(act);
      }
      person.perform(act);
    }
    person.copy(key);

    copies.putBack(key, givenUp.stored());
    var consents = tookOver.view().consents();
    var expected = expected(givenUp, person.life, done, consents);
    assertThat(person.look()).as("%s | %s | %s", before, onTheOne, onTheOther).isEqualTo(expected);
    assertThat(person.look()).as("once more").isEqualTo(expected);
  }

  /**
   * What must be seen of a copy.
   *
   * @param lifeNow the present life
   * @param later what was done since
   */
  private static View expected(Copy copy, int lifeNow, List<Act> later) {
    return expected(copy, lifeNow, later, copy.view().consents());
  }

  /**
   * @param consented what was consented to when it began
   */
  private static View expected(Copy copy, int lifeNow, List<Act> later, Set<Field> consented) {
    if (!copy.alive()
        || copy.life() < lifeNow
        || later.stream().anyMatch(Act.Erase.class::isInstance)) {
      return View.NOTHING;
    }
    var items = new HashSet<>(copy.view().items());
    var consents = new HashSet<>(copy.view().consents());
    var consentsThen = consented;
    for (var act : later) {
      if (act instanceof Act.Forget forget) {
        items.remove(forget.item());
      } else if (act instanceof Act.Consent consent) {
        if (!consent.fields().containsAll(consentsThen)
            || consentsThen.containsAll(consent.fields())) {
          consents.retainAll(consent.fields());
        }
        consentsThen = consent.fields();
      }
    }
    return new View(items, consents);
  }

  /** Somebody who comes back after each erasure, and the model of what is theirs. */
  private static final class Person {
    private final String name;
    private int life = 1;
    private boolean alive;
    private View view = View.NOTHING;

    Person(String name) {
      this.name = name;
    }

    /** With a token of the present life. */
    private Caller caller() {
      return vault.caller(name, Instant.now().getEpochSecond() + 1_000L * life);
    }

    VaultRequest watch(String item) {
      var at = Instant.ofEpochMilli(Instant.now().toEpochMilli());
      return new VaultRequest.AppendEvents(
          caller(),
          Field.HISTORY,
          List.of(new Event.Watched(item, at, OptionalDouble.empty(), OptionalDouble.empty())),
          Optional.empty(),
          OptionalLong.empty());
    }

    void perform(Act act) {
      if (act instanceof Act.Watch watch) {
        vault.<Integer>done(watch(watch.item()));
      } else if (act instanceof Act.Forget forget) {
        var filter =
            new ForgetFilter(Optional.empty(), Optional.empty(), Optional.of(forget.item()));
        vault.<Integer>ask(
            new VaultRequest.Forget(caller(), Field.HISTORY, filter, OptionalLong.empty()));
      } else if (act instanceof Act.Consent consent) {
        vault.<ConsentGiven>done(
            new VaultRequest.PutConsent(
                caller(), Purpose.PERSONALIZATION, consent.fields(), OptionalLong.empty()));
      } else if (alive) {
        vault.<Erasure>done(new VaultRequest.Erase(caller(), "owner"));
      }
      apply(act);
    }

    void apply(Act act) {
      if (act instanceof Act.Watch watch) {
        alive = true;
        var items = new HashSet<>(view.items());
        items.add(watch.item());
        view = new View(items, view.consents());
      } else if (act instanceof Act.Forget forget) {
        var items = new HashSet<>(view.items());
        items.remove(forget.item());
        view = new View(items, view.consents());
      } else if (act instanceof Act.Consent consent) {
        alive = true;
        view = new View(view.items(), consent.fields());
      } else if (alive) {
        alive = false;
        life++;
        view = View.NOTHING;
      }
    }

    Copy copy(String key) {
      assertThat(look()).as("the model").isEqualTo(view);
      return new Copy(life, alive, view, copies.copy(key));
    }

    View look() {
      var items = new HashSet<String>();
      var profile = vault.<ProfileView>ask(new VaultRequest.ReadProfile(caller()));
      if (profile instanceof Outcome.Done<ProfileView> done) {
        done.value().profile().history().forEach(event -> items.add(event.item()));
      } else {
        assertThat(((Outcome.Refused<ProfileView>) profile).reason())
            .isEqualTo(Outcome.Refusal.NOT_FOUND);
      }
      var consents = vault.<Consents>done(new VaultRequest.ReadConsents(caller())).purposes();
      var decision = consents.getOrDefault(Purpose.PERSONALIZATION, Consents.Decision.NONE);
      return new View(items, Set.copyOf(decision.fields()));
    }
  }
}

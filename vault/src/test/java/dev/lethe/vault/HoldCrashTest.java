package dev.lethe.vault;

import static dev.lethe.vault.RunningVault.await;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.NoticeDelivery;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.RetentionRule;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.api.VaultRequest.StateChange;
import dev.lethe.vault.keys.KeystoreAccess;
import dev.lethe.vault.keys.KeystorePlace;
import dev.lethe.vault.ledger.LedgerEntry;
import dev.lethe.vault.ledger.LedgerEntry.StateChange.Act;
import dev.lethe.vault.redis.IdentityHook;
import dev.lethe.vault.redis.RedisLanes;
import dev.lethe.vault.redis.SubjectCopies;
import dev.lethe.vault.redis.SubjectStore;
import dev.lethe.vault.rotation.RotationRule;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A crash after each step of withholding and of releasing: the steps until then are taken by hand
 * while no vault runs, and the next start does the rest.
 */
final class HoldCrashTest {
  private static final String ID = "erasure-of-ada";
  private static final long NOW = 1_800_000_000;

  @TempDir Path folder;
  private RunningVault vault;
  private People people;
  private Caller ada;

  @BeforeEach
  void start() {
    vault = new RunningVault(folder);
    people = new People(vault);
    ada = people.settle("ada");
    people.change(ada, StateChange.HOLD);
  }

  @AfterEach
  void stop() {
    vault.close();
  }

  /** Ledger and store of a vault that does not run. */
  private record Parts(String pseudonym, Resources resources, SubjectStore store) {
    void write(LedgerEntry entry) {
      await(resources.ledger().append(entry));
    }

    LedgerEntry.Erase intent() {
      return new LedgerEntry.Erase(ID, pseudonym, 1, "owner", NOW, "");
    }

    void withhold(OptionalLong onlyAt) {
      await(
          store
              .holds()
              .withhold(
                  pseudonym,
                  1,
                  ID,
                  NOW,
                  new byte[0],
                  onlyAt,
                  1,
                  List.of("g.personalization", "g.training")));
    }

    void erase() {
      await(store.erase(pseudonym, 1, ID, NOW, new byte[0], OptionalLong.empty()));
    }

    void release() {
      write(new LedgerEntry.StateChange(Act.RELEASE, pseudonym, 0, "operator"));
    }

    long version() {
      return await(store.read(pseudonym)).orElseThrow().stamp().ver();
    }
  }

  private interface Steps {
    void take(Parts parts);
  }

  /** Takes steps as somebody would who crashes afterwards, and starts again. */
  private void crashAfter(Steps steps) {
    vault.close();
    var vertx = Vertx.vertx();
    var resources = Resources.open(vertx, options());
    var lanes = new RedisLanes(vertx, resources.redis().orElseThrow().uri(), IdentityHook.NONE);
    await(lanes.ready());
    var pseudonym = resources.keystore().pseudonyms().of(ada.subject());
    steps.take(new Parts(pseudonym, resources, new SubjectStore(lanes)));
    await(lanes.close());
    resources.close();
    await(vertx.close());
    vault = new RunningVault(folder);
    people = new People(vault);
  }

  private VaultOptions options() {
    return new VaultOptions(
        folder,
        Optional.empty(),
        KeystorePlace.in(folder.resolve("keystore")),
        new KeystoreAccess.Passphrase("a passphrase for tests"),
        new RotationRule(Duration.ofDays(1), Duration.ZERO, false),
        new RetentionRule(1000, Duration.ofDays(365)),
        Clock.systemUTC(),
        "a controller",
        NoticeDelivery.NONE);
  }

  private void assertHeld() {
    Erasure erasure = people.erasure(ID);
    assertThat(erasure.held()).isTrue();
    assertThat(people.heldItems(ada)).containsExactly("title-ada");
    assertThat(vault.refusal(new VaultRequest.ReadProfile(ada))).isEqualTo(Refusal.TOKEN_REVOKED);
    people.change(ada, StateChange.RELEASE);
    assertOver();
  }

  private void assertOver() {
    var erasure = people.erasure(ID);
    assertThat(erasure.held()).isFalse();
    assertThat(erasure.unrecoverable().by()).isPresent();
    assertThat(vault.refusal(people.reading(ada))).isEqualTo(Refusal.NOT_FOUND);
    try (var redis = new SubjectCopies(vault.vertx(), folder)) {
      assertThat(redis.keys()).noneMatch(key -> key.contains(":held."));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    vault.rotate();
    assertThat(people.erasure(ID).unrecoverable().reached()).isPresent();
  }

  @Test
  void afterTheIntent() {
    crashAfter(parts -> parts.write(parts.intent()));
    assertHeld();
  }

  @Test
  void afterTheDataWasPutAside() {
    crashAfter(
        parts -> {
          parts.write(parts.intent());
          parts.withhold(OptionalLong.empty());
        });
    assertHeld();
  }

  @Test
  void afterTheLedgerWasToldThatItIsPutAside() {
    crashAfter(
        parts -> {
          parts.write(parts.intent());
          parts.withhold(OptionalLong.empty());
          parts.write(new LedgerEntry.Withheld(ID));
        });
    assertHeld();
  }

  @Test
  void afterTheIntentOfAnErasureOnACondition() {
    crashAfter(parts -> parts.write(new LedgerEntry.EraseAt(parts.intent(), parts.version())));
    assertHeld();
  }

  @Test
  void afterAnErasureOnAConditionPutTheDataAside() {
    crashAfter(
        parts -> {
          long version = parts.version();
          parts.write(new LedgerEntry.EraseAt(parts.intent(), version));
          parts.withhold(OptionalLong.of(version));
        });
    assertHeld();
  }

  @Test
  void anErasureOnAConditionThatDoesNotHoldPutsNothingAside() {
    crashAfter(parts -> parts.write(new LedgerEntry.EraseAt(parts.intent(), parts.version() + 1)));

    assertThat(people.items(ada)).containsExactly("title-ada");
    assertThat(vault.refusal(new VaultRequest.ReadErasure(ID, vault.deadline())))
        .isEqualTo(Refusal.NOT_FOUND);
  }

  @Test
  void afterTheReleaseWasWritten() {
    crashAfter(
        parts -> {
          parts.write(parts.intent());
          parts.withhold(OptionalLong.empty());
          parts.write(new LedgerEntry.Withheld(ID));
          parts.release();
        });
    assertOver();
  }

  @Test
  void afterTheReleaseTookTheDataOut() {
    crashAfter(
        parts -> {
          parts.write(parts.intent());
          parts.withhold(OptionalLong.empty());
          parts.write(new LedgerEntry.Withheld(ID));
          parts.release();
          parts.erase();
        });
    assertOver();
  }

  /** The ledger was never told that the data is put aside, and the hold has ended since. */
  @Test
  void afterAReleaseOfWhatTheLedgerDoesNotKnowToBePutAside() {
    crashAfter(
        parts -> {
          parts.write(parts.intent());
          parts.withhold(OptionalLong.empty());
          parts.release();
        });
    assertOver();
  }

  @Test
  void afterAReleaseThatCameBeforeTheWordThatTheDataIsPutAside() {
    crashAfter(
        parts -> {
          parts.write(parts.intent());
          parts.withhold(OptionalLong.empty());
          parts.release();
          parts.write(new LedgerEntry.Withheld(ID));
        });
    assertOver();
  }
}

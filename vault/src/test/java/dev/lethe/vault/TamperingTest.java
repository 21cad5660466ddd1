package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.TamperedStore.Genuine;
import dev.lethe.vault.TamperedStore.Refused;
import dev.lethe.vault.api.AccessLogEntry;
import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.Outcome.Refusal;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Who may write to Redis can make data unreadable, and cannot make anybody see anything but what
 * its owner stored. Everything here is changed in a real Redis and read by real requests.
 */
@Timeout(240)
final class TamperingTest {
  private static final long SEED = 20261125;
  private static final Refused EVERYBODY = new Refused(true, true, true);

  @TempDir Path folder;
  private final Random random = new Random(SEED);
  private TamperedStore store;

  @BeforeEach
  void start() throws IOException {
    store = new TamperedStore(folder);
  }

  @AfterEach
  void stop() {
    store.close();
  }

  private static String pseudonym(String key) {
    return key.substring("s:{".length(), key.length() - 1);
  }

  /** Who needs a blob to see all that they may. */
  private static Refused needing(String blob) {
    return switch (blob) {
      case "g.personalization" -> new Refused(false, true, false);
      case "g.training" -> new Refused(false, false, true);
      default -> EVERYBODY;
    };
  }

  /** Puts something else in the place of a blob: whoever needs it is refused, and it is counted. */
  private void assertRefused(
      Caller caller, Genuine genuine, String key, String blob, byte[] genuineBytes, byte[] other) {
    long before = store.refusals();
    store.redis.set(key, blob, other);
    assertThat(store.look(caller, genuine)).as(blob).isEqualTo(needing(blob));
    assertThat(store.refusals()).as(blob).isGreaterThan(before);
    store.redis.set(key, blob, genuineBytes);
  }

  @Test
  void everyFlippedByteOfAStoredBlobIsRefusedAndOnRecordOnce() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var genuine = store.genuine(ada);
    var blobs = store.blobs(key);
    assertThat(blobs).hasSize(6);

    blobs.forEach(
        (blob, bytes) -> {
          for (int i = 0; i < bytes.length; i++) {
            var flipped = bytes.clone();
            flipped[i] ^= (byte) (1 + random.nextInt(255));
            assertRefused(ada, genuine, key, blob, bytes, flipped);
          }
          for (var length : List.of(0, 1, bytes.length / 2, bytes.length - 1)) {
            assertRefused(ada, genuine, key, blob, bytes, Arrays.copyOf(bytes, length));
          }
          assertRefused(ada, genuine, key, blob, bytes, Arrays.copyOf(bytes, bytes.length + 1));
        });

    assertThat(store.look(ada, genuine)).isEqualTo(Refused.NOBODY);
    assertThat(store.onRecord())
        .containsExactlyInAnyOrderElementsOf(
            blobs.keySet().stream().map(blob -> pseudonym(key) + " " + blob).toList());
  }

  @Test
  void everyFlippedByteOfTheAccessLogIsRefusedAndOnRecordOnce() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var list = "a:{" + pseudonym(key) + "}";
    store.genuine(ada);
    var genuine = accessLog(ada);
    var entry = store.redis.entries(list).get(0);

    for (int i = 0; i < entry.length; i++) {
      var flipped = entry.clone();
      flipped[i] ^= (byte) (1 + random.nextInt(255));
      long before = store.refusals();
      store.redis.setEntry(list, 0, flipped);
      assertThat(store.vault().refusal(new VaultRequest.ReadAccessLog(store.renewed(ada))))
          .isEqualTo(Refusal.UNAVAILABLE);
      assertThat(store.refusals()).isGreaterThan(before);
    }
    assertThat(store.vault().refusal(new VaultRequest.ReadExport(store.renewed(ada))))
        .isEqualTo(Refusal.UNAVAILABLE);

    store.redis.setEntry(list, 0, entry);
    assertThat(accessLog(ada)).containsAll(genuine);
    assertThat(store.onRecord()).containsExactly(pseudonym(key) + " access");
  }

  private List<AccessLogEntry> accessLog(Caller caller) {
    return store
        .vault()
        .<List<AccessLogEntry>>done(new VaultRequest.ReadAccessLog(store.renewed(caller)))
        .stream()
        .filter(entry -> !entry.reader().equals("owner"))
        .toList();
  }

  @Test
  void accessLogOfSomebodyElseIsRefused() {
    var ada = store.vault().caller("ada");
    var bob = store.vault().caller("bob");
    var list = "a:{" + pseudonym(store.settle(ada)) + "}";
    var other = "a:{" + pseudonym(store.settle(bob)) + "}";
    store.genuine(ada);
    store.genuine(bob);
    accessLog(ada);
    accessLog(bob);

    store.redis.setEntry(list, 0, store.redis.entries(other).get(0));

    assertThat(store.vault().refusal(new VaultRequest.ReadAccessLog(store.renewed(ada))))
        .isEqualTo(Refusal.UNAVAILABLE);
  }

  @Test
  void blobOfAnotherPersonFieldOrPurposeIsRefused() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var other = store.settle(store.vault().caller("bob"));
    var genuine = store.genuine(ada);
    var blobs = store.blobs(key);

    store.blobs(other).forEach((blob, bytes) -> replace(ada, genuine, key, blob, bytes));
    blobs.forEach(
        (from, bytes) ->
            blobs.keySet().stream()
                .filter(to -> !to.equals(from))
                .forEach(to -> replace(ada, genuine, key, to, bytes)));

    var whole = store.redis.copy(key);
    store.redis.putBack(key, store.redis.copy(other));
    assertThat(store.look(ada, genuine)).isEqualTo(EVERYBODY);
    store.redis.putBack(key, whole);
    assertThat(store.look(ada, genuine)).isEqualTo(Refused.NOBODY);
  }

  private void replace(Caller caller, Genuine genuine, String key, String blob, byte[] bytes) {
    assertRefused(caller, genuine, key, blob, store.blob(key, blob), bytes);
  }

  @Test
  void blobOfAnotherLifeIsRefused() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var first = store.blobs(key);
    store.vault().<Erasure>done(new VaultRequest.Erase(ada, "tester"));
    var back = store.vault().caller("ada", Instant.now().getEpochSecond() + 2);
    store.settle(back);
    var genuine = store.genuine(back);
    assertThat(store.blobs(key).keySet()).isEqualTo(first.keySet());

    first.forEach((blob, bytes) -> replace(back, genuine, key, blob, bytes));

    first.forEach((blob, bytes) -> store.redis.set(key, blob, bytes));
    assertThat(store.look(back, genuine)).isEqualTo(EVERYBODY);
  }

  @Test
  void grantOfAnotherEpochIsRefused() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var before = store.blobs(key);
    store.vault().rotate();
    var genuine = store.genuine(ada);
    var grants = new TreeMap<>(before);
    grants.keySet().removeIf(blob -> !blob.startsWith("g."));
    assertThat(grants).hasSize(3);

    grants.forEach((blob, bytes) -> replace(ada, genuine, key, blob, bytes));

    grants.forEach((blob, bytes) -> store.redis.set(key, blob, bytes));
    assertThat(store.look(ada, genuine)).isEqualTo(EVERYBODY);
  }

  @Test
  void withdrawnConsentDoesNotComeBackWithTheGrantsOfBefore() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var before = store.blobs(key);
    var genuine = store.genuine(ada);
    store.consent(ada, Purpose.PERSONALIZATION);
    var nothingForTheRanker =
        new Genuine(
            genuine.owner(), Map.of(Purpose.TRAINING, genuine.readers().get(Purpose.TRAINING)));

    before.forEach((blob, bytes) -> store.redis.set(key, blob, bytes));

    assertThat(store.look(ada, nothingForTheRanker)).isEqualTo(EVERYBODY);
  }

  @Test
  void anOlderStateThatClaimsToHaveSeenTheWithdrawalIsRefused() {
    var ada = store.vault().caller("ada");
    var key = store.settle(ada);
    var genuine = store.genuine(ada);
    var before = store.redis.copy(key);
    store.consent(ada, Purpose.PERSONALIZATION);
    store.consent(ada, Purpose.TRAINING);
    long refusals = store.refusals();

    store.redis.putBack(key, before);
    store.redis.set(key, "seen", "999".getBytes(StandardCharsets.US_ASCII));

    assertThat(store.look(ada, genuine)).isEqualTo(EVERYBODY);
    assertThat(store.refusals()).isGreaterThan(refusals);
    assertThat(store.onRecord()).containsExactly(pseudonym(key) + " seen");
  }
}

package dev.lethe.vault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.api.Caller;
import dev.lethe.vault.api.Erasure;
import dev.lethe.vault.api.ProfileView;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.VaultRequest;
import dev.lethe.vault.consent.ReceiptSigner;
import dev.lethe.vault.crypto.KeptCipher;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.Sealer;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.keys.Keystore;
import dev.lethe.vault.profile.StolenGrant;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Once somebody is erased, nothing in the memory of the process opens what they had. */
@Timeout(240)
final class ErasedHeapTest {
  private static final int KEYS = 4; // of three fields, and of the access log
  private static final String FORGOTTEN = "erased";
  private static final String HELD = "held";

  @TempDir Path folder;
  @TempDir Path dumps;

  private final HeapScan scan = new HeapScan();

  @Test
  void liveObjectsHoldNoKeyOfTheErasedAndNoScheduleOfOne() throws GeneralSecurityException {
    var random = new SecureRandom();
    var heldKey = KeyBytes.random(random);
    var heldCipher = cipherWithAKey(random);
    heldKey.export(
        bytes -> {
          scan.want(HELD, bytes);
          return true;
        });
    try (var store = new TamperedStore(folder)) {
      var ada = store.vault().caller("ada");
      var key = store.settle(ada);
      assertThat(wantKeys(key, store)).isEqualTo(KEYS);
      use(store, ada);

      store.vault().<Erasure>done(new VaultRequest.Erase(store.renewed(ada), "tester"));
      // Accesses are counted for a second before they are sealed with the person's key.
      RunningVault.await(store.vault().vertx().timer(1500, TimeUnit.MILLISECONDS));

      var found = scan.run(dumps.resolve("live.hprof"));

      assertThat(found)
          .filteredOn(name -> name.startsWith(HELD))
          .contains("held half 0", "held half 1");
      assertThat(found).anyMatch(name -> name.startsWith("ciphered half 0"));
      assertThat(found).noneMatch(name -> name.startsWith(FORGOTTEN));
    } catch (java.io.IOException e) {
      throw new AssertionError(e);
    }
    assertThat(heldKey.isDestroyed()).isFalse();
    assertThat(heldCipher.isKept()).isTrue();
  }

  /** What a cipher keeps of its key: the control that a schedule would be found. */
  private KeptCipher cipherWithAKey(SecureRandom random) throws GeneralSecurityException {
    var bytes = new byte[KeyBytes.LENGTH];
    random.nextBytes(bytes);
    var cipher = new KeptCipher(bytes);
    scan.want("ciphered", bytes);
    Arrays.fill(bytes, (byte) 0);
    return cipher;
  }

  /** Reads as everybody who may, on many threads. */
  private static void use(TamperedStore store, Caller caller) {
    for (int i = 0; i < 20; i++) {
      store.vault().<ProfileView>done(new VaultRequest.ReadProfile(store.renewed(caller)));
      store.genuine(caller);
      store.vault().<Object>done(new VaultRequest.ReadAccessLog(store.renewed(caller)));
    }
  }

  /** Wants every key that the {@code self} grant holds; answers how many there are. */
  private int wantKeys(String key, TamperedStore store) {
    var keystore =
        Keystore.open(
            folder.resolve("keystore"),
            "a passphrase for tests".toCharArray(),
            Clock.systemUTC(),
            new SecureRandom(),
            ReceiptSigner::newKey);
    var pseudonym = key.substring("s:{".length(), key.length() - 1);
    var grant = store.blob(key, "g.self");
    var text =
        new Sealer(new SecureRandom())
            .openGrant(
                keystore.ring().key(Sealer.grantEpoch(grant), Purpose.SELF).orElseThrow(),
                Purpose.SELF,
                new SubjectLife(pseudonym, 1),
                grant);
    var stolen = StolenGrant.of(Purpose.SELF, text).orElseThrow();
    Arrays.fill(text, (byte) 0);
    stolen.keys().forEach(field -> want(field.key()));
    stolen.accessKey().ifPresent(this::want);
    return stolen.keys().size() + stolen.accessKey().stream().toList().size();
  }

  private void want(KeyBytes key) {
    key.export(
        bytes -> {
          scan.want(FORGOTTEN, bytes);
          return true;
        });
  }
}

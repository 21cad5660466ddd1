package dev.lethe.vault.profile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.api.DisclosureOpener.Opened;
import dev.lethe.vault.api.Event;
import dev.lethe.vault.api.Field;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.crypto.EpochKeys;
import dev.lethe.vault.crypto.KeyBytes;
import dev.lethe.vault.crypto.SubjectLife;
import dev.lethe.vault.crypto.UnreadableException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What releases have stored, byte for byte as they stored it, is read. */
final class GrantFormatsTest {
  private static final SubjectLife LIFE = new SubjectLife("pseudonym", 2);
  private static final int EPOCH = 3;
  private static final long VERSION = 5;

  /** One key for each purpose, told apart by its first byte. */
  private static final EpochKeys KEYS =
      (epoch, purpose) -> {
        var key = new byte[KeyBytes.LENGTH];
        Arrays.fill(key, (byte) 7);
        key[0] =
            (byte)
                switch (purpose) {
                  case SELF -> 0;
                  case PERSONALIZATION -> 1;
                  case TRAINING -> 2;
                };
        return Optional.of(KeyBytes.copyOf(key));
      };

  /**
   * By format of the {@code self} grant, by name of the hash field, in hexadecimal. Somebody who
   * watched m-1 and agreed to its use for personalization; in the fourth also withdrew from
   * training, which the model had not forgotten at once.
   */
  private static final Map<Integer, Map<String, String>> STORED =
      Map.of(
          1,
          Map.of(
              "g.personalization",
              "01000000030000000000000005e0f21bd741800c0506dca6cf9699b953e02902e6cae891ab71e728"
                  + "aefc3c86d1e0e8fac69bfded72054e5633d655a21144d0bba93ad8fceb2126a845a74e807f3b7bec"
                  + "847496e7fc74a72fe716eaf5cb7766",
              "g.self",
              "01000000030000000000000005f75d221991b7cd5c0dfb01d472d83a3ef533e4ec17c39d9bd888c9"
                  + "baf9cd623154cfc11a61835c3e35bd396ea898658447c0543c0e78a90e1852bc1ea0af013269944c"
                  + "79f35bc629e298902d75ecb46196dfd764edbdc7cb2f69bf24e3264305f21d34881bb57f47d4ecb0"
                  + "ae69cb196725c662463f71d91e8bf76f4ec5f6bbdcaf9e79c3adcddb56dda2c0965a51be3a7d8618"
                  + "fea3adf19c21f8ffd77c096fb70f0f7ad397577bda6c9feb89b6494e28d32c22fdc5ce4a9bee1c20"
                  + "431b123884aa2b13813de72a0e450c7b5ef5707eb237d3d6505c26551d8b76f5fa69fe4fe7dd5f74"
                  + "42803fe4fdd8883169727a725b76070a28367b51ff76",
              "history.1",
              "01e055381ecf3ebe48066443341515d319b3b5bc9c186d5071716f3abdd7d6075c499249e724fc84"
                  + "b4161ae08e9fd4f76e9cbc58c6fa248b82685e083272d38c5404ba"),
          2,
          Map.of(
              "g.personalization",
              "0100000003000000000000000539ac1684065ec4a6b838a1fd6afb552ab58fd9d163753a19470ac4"
                  + "c3b8dd9c8d7e70bf7ccf8c409ccdbe8f9f5ab76632fa1ff27389e952bf49bc8d4cda8dd1a79234d1"
                  + "7f28da0f54ecfc0ce0dfd3b9938f87",
              "g.self",
              "01000000030000000000000005ba548cd779a4c9c362872ce4b6d5fea5a9b17e21581ed4295f462f"
                  + "4723beef83fc2a130626ac75aa9eca29b403c6b18dc9e9a8d70d78f73a14cf215753e62c1625a48c"
                  + "8037ec7cfd4cab2c890cb0db1000151baf20a2bf93b809b87af12b8729a54035fa4cc5c05d0e7522"
                  + "a6796da98b6f66313de01f25924a8356b3cb2e64c15180cd2a91bbaa3d749c80b570abb0d44bb8d8"
                  + "cd82bff3a424c9df7c40d3dd637cbb656037a1096395cf473d879505377bacbf957a94be0c96ebdb"
                  + "023166da5ae0a96d77ad951b8f65bc1e337b6b05f7cd386510d99cd446168421bb901581f3a66700"
                  + "2b108ea0005c276b7dc9a6b3fef332dea59da64e318ea3",
              "history.1",
              "014119d257f5dd3f44145d152a870b41160fd3bb8778005a75618b1c62881897191adf3997200ec3"
                  + "289d0b2bbdb2c0c3e36502be22a17b0db0c6a2cad409a24196e002"),
          3,
          Map.of(
              "g.personalization",
              "0100000003000000000000000551d2056aeea17aa5ba57703a08c83384ee463543ac417770e77acb"
                  + "1cf0044fe66427e2c5a4120ce8846d1e3de06a27099ca244c63190fac90c7583f9a4fe7ed6bbe09a"
                  + "fa202cd9a4c46ae187ab372c2a4ebc",
              "g.self",
              "010000000300000000000000051c6a0b0de599a90d1e5737bfe02e3ede89fec894016140fd14a281"
                  + "42cd8df5d61119b7a54924e66576ba125994ba5b827fc4d2bc3e9c7dbde7daa54f98f7db9b5a3b71"
                  + "4ccbfeeb91d467ecf2f4f975fecb6775c72486252479263e62e58edcb876458da7d53805edd9ed81"
                  + "f782b2a451dd241e9f2884da929676c0080b97ee60dd523cece8d74f71c3423a8e55538a2b99c8e2"
                  + "90cd5bbe30a73daf1f593a4f50c2ae0a7d2bac583cadb09ca050ad9153df89d38dd922e804035212"
                  + "52e8755a566e192ff0540e499b70543f66c7ceaaece66d2f7979a87337c92e6175fcf5a282a7bfdd"
                  + "5010b3eb2436148889c7972b1cf7b5bff3a9dc84678d58d9818c0ff7da5139",
              "history.1",
              "01a3966e37320dee6eda7166b91301cbfe2b2e6a764597f693f68503deab21464da462ef66c206df"
                  + "74a3221687be6f3873c6172fa9d6e14ffbfa51dd24e1773f7d9b55",
              "seen",
              "3431"),
          4,
          Map.of(
              "g.personalization",
              "01000000030000000000000005dc7cf2b021a2c54acd1f1213590a3824d59bff2ad4bfbc82f7da16"
                  + "fd52d88bf70d2882205fffdd65a3ee692080aca5da6c28f968caaf3cbc64e61b1f29278eb87757a0"
                  + "15026753f62121683fbfab9e993bfe",
              "g.self",
              "010000000300000000000000054621c4610c777bd74751aa77801ca5eaaf6645a15dabef59703b0f"
                  + "fdd9fbfcb15b956f461b1c2de945d0caf28eef0c6c3a643b5e748881b33045ecc4c5bbce0ba9cf72"
                  + "38078c4fbab7360751b5c05adf0e48bb4f3f1bb7cc46c6baa829b89db280a272d315780ad1381116"
                  + "40038e41e1caf67374e45f68b9b3ca96d57865e0cb33012194b2584ac938cf3321a4fba2c2f34670"
                  + "286c8effc071d0c8427bef32ba76a7d6038d0a5183690d5bcfba9907fdc5a2f7b44f7520a3c19ec2"
                  + "dd380e905d875882549197bcaf5192eac6ef558f2eda7ef2aefd3f2c544a034008e48ccd0f60744b"
                  + "e8925fed7a335bc85d2dbee94dab200d611e97ef9e81756ad263384706526f83868ea56b8b46e5ea"
                  + "3d79822c3e52bf41eecbd045b1d3e03907e081ace327614f47f523db7d2031000be63e31b54fbe04"
                  + "f2e84064e9979f790b56d882243397fad195fedcdd751db9b61a774a8ffda3c829b8ac50743efda1"
                  + "b07ba2ad485b78eb6b41455d5e911a3e05bdb96da50e1522ff4ed4a10f8dff4f6b",
              "history.1",
              "01fc4ee966c42c1e9b3e185719cbe894f0acc0476d9e0217a49671a813cdc5b3561d356dbf53b22b"
                  + "000ccda7d3bdd1afa176e198c962ee5a9919b99db0a7d937530c0f",
              "seen",
              "3431"));

  private static SealedSubject stored(int format) {
    var blobs = new HashMap<String, byte[]>();
    Objects.requireNonNull(STORED.get(format))
        .forEach((name, hex) -> blobs.put(name, HexFormat.of().parseHex(hex)));
    return new SealedSubject(LIFE, VERSION, EPOCH, blobs);
  }

  private static SealedSubject with(SealedSubject stored, String name, byte[] value) {
    var blobs = new HashMap<>(stored.blobs());
    blobs.put(name, value);
    return new SealedSubject(LIFE, VERSION, EPOCH, blobs);
  }

  private static OpenSubject open(SealedSubject stored) {
    return OpenSubject.open(stored, KEYS, Person.SEALER);
  }

  @ParameterizedTest
  @CsvSource({"1, -1", "2, -1", "3, 41", "4, 41"})
  void everyFormatOfTheSelfGrantIsRead(int format, long seen) {
    var person = open(stored(format));

    assertThat(person.seen()).isEqualTo(seen < 0 ? OptionalLong.empty() : OptionalLong.of(seen));
    assertThat(person.profile(Person.RETENTION, Person.NOW).history())
        .extracting(Event.Watched::item)
        .containsExactly("m-1");
    assertThat(person.consents().fields(Purpose.PERSONALIZATION)).containsExactly(Field.HISTORY);
    var opener =
        new GrantOpener(
            Purpose.PERSONALIZATION,
            (epoch, asked) -> KEYS.key(epoch, Purpose.PERSONALIZATION),
            Person.SEALER,
            Clock.fixed(Person.NOW, ZoneOffset.UTC));
    var disclosure = person.disclosure(Purpose.PERSONALIZATION, Person.RETENTION).orElseThrow();
    assertThat(((Opened.Fields) opener.open(disclosure)).profile().history()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"1, 0", "2, 0", "3, 0", "4, 1"})
  void promisesAreReadSinceTheFourthFormat(int format, int promises) {
    assertThat(
            open(stored(format)).consents().decisions().values().stream()
                .flatMap(decision -> decision.modelBy().stream()))
        .hasSize(promises)
        .allMatch(Instant.parse("2026-11-25T12:00:00.007Z")::equals);
  }

  @ParameterizedTest
  @CsvSource({"1", "2", "3", "4"})
  void whatIsSealedAnewSaysWhatItHasSeen(int format) {
    var before = stored(format);
    var sealed =
        new Revision(open(before), VERSION, Person.RETENTION, Person.NOW).seal(EPOCH, KEYS, 77);
    var blobs = new HashMap<>(before.blobs());
    blobs.putAll(sealed.set());
    var after = new SealedSubject(LIFE, VERSION, EPOCH, blobs);

    assertThat(after.seen()).hasValue(77);
    assertThat(open(after).seen()).hasValue(77);
    assertThat(open(after).consents()).isEqualTo(open(before).consents());
  }

  @ParameterizedTest
  @CsvSource({
    "4, 42",
    "3, 42",
    "3, 40",
    "3, ''",
    "3, none",
    "3, 9999999999999999999",
    "2, 41",
    "1, 0"
  })
  void aNumberInClearThatIsNotTheSealedOneIsRefused(int format, String other) {
    var changed = with(stored(format), "seen", other.getBytes(UTF_8));

    assertThatThrownBy(() -> open(changed))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("the number is not the sealed one");
  }

  @Test
  void aNewerFormatIsRefusedInOneLine() {
    var newer = GrantCodec.encode(SelfGrant.begin(Person.SEALER.newKey(), 0));
    newer[0] = 5;
    var key = KEYS.key(EPOCH, Purpose.SELF).orElseThrow();
    var grant = Person.SEALER.sealGrant(key, Purpose.SELF, LIFE, EPOCH, VERSION, newer);

    assertThatThrownBy(() -> open(with(stored(4), "g.self", grant)))
        .isInstanceOf(UnreadableException.class)
        .hasMessage("unknown format of a sealed text's content");
  }
}

package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lethe.vault.api.Purpose;
import dev.lethe.vault.api.Rotation.State;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A keystore whose keys are wrapped in a token: what is destroyed there, no copy brings back. */
final class TokenKeystoreTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path path;
  private TokenFolder folder;

  @BeforeEach
  void makeFolder() {
    folder = new TokenFolder(SoftHsm.token(), path);
  }

  private Keystore rotated() {
    var keystore = folder.open();
    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    return keystore;
  }

  @Test
  void everyTransitionIsFoundAgainWhenOpened() {
    var keystore = folder.open();
    assertThat(folder.epochsInToken()).containsExactly(1);
    var first = folder.open();
    assertThat(first.installationId()).isEqualTo(keystore.installationId());
    assertThat(first.pepperFingerprint()).isEqualTo(keystore.pepperFingerprint());
    assertThat(first.receiptKey()).isEqualTo(Folder.RECEIPT_KEY);

    var rotation = Folder.rotation("r-1", State.DISTRIBUTING, 1);
    keystore.prepare(rotation);
    assertThat(folder.epochsInToken()).containsExactlyInAnyOrder(1, 2);
    assertThat(folder.open().currentRotation()).contains(rotation);
    keystore.activate(2);
    assertThat(folder.open().ring().active()).isEqualTo(2);

    keystore.destroy(1);
    assertThat(folder.epochsInToken()).containsExactly(2);
    var destroyed = folder.open();
    assertThat(destroyed.ring().epochs())
        .extracting(EpochInfo::state)
        .containsExactly(EpochState.DESTROYED, EpochState.ACTIVE);
    for (var purpose : Purpose.values()) {
      assertThat(destroyed.ring().key(1, purpose)).isEmpty();
      assertThat(destroyed.ring().key(2, purpose))
          .isPresent()
          .isEqualTo(keystore.ring().key(2, purpose));
    }
    assertThat(keystore.healthy()).isTrue();
  }

  @Test
  void aRepeatedTransitionChangesNothing() throws IOException {
    var keystore = rotated();
    keystore.destroy(1);
    var written = folder.bytes();

    keystore.prepare(Folder.rotation("r-1", State.DISTRIBUTING, 1));
    keystore.activate(2);
    keystore.destroy(1);

    assertThat(folder.bytes()).isEqualTo(written);
    assertThat(folder.epochsInToken()).containsExactly(2);
  }

  @Test
  void noKeyComesOutOfTheToken() throws IOException {
    rotated();
    var token = folder.hsm().open();
    assertThat(token.names()).hasSize(3);
    for (var name : token.names()) {
      assertThat(token.key(name).orElseThrow())
          .satisfies(key -> assertThat(key.getEncoded()).isNull())
          .asString()
          .contains("sensitive, unextractable");
    }
    assertThat(folder.hsm().objects())
        .hasSize(3)
        .allSatisfy(
            object -> {
              assertAttribute(object, "CKA_TOKEN", "TRUE");
              assertAttribute(object, "CKA_PRIVATE", "TRUE");
              assertAttribute(object, "CKA_SENSITIVE", "TRUE");
              assertAttribute(object, "CKA_EXTRACTABLE", "FALSE");
              assertAttribute(object, "CKA_NEVER_EXTRACTABLE", "TRUE");
              assertAttribute(object, "CKA_WRAP", "FALSE");
              assertThat(object).contains("CKK_AES", "CK_ULONG 32(0x20)");
            });
  }

  private static void assertAttribute(String object, String name, String value) {
    assertThat(object)
        .containsPattern(Pattern.compile(name + "\\n.*boolean attribute\\n.*" + value + "\\n"));
  }

  @Test
  void noKeyIsInTheFileInClear() throws IOException {
    var keystore = rotated();
    var text = new String(folder.bytes(), StandardCharsets.UTF_8);

    for (var purpose : Purpose.values()) {
      var key = JSON.createObjectNode();
      keystore.ring().key(1, purpose).orElseThrow().export(bytes -> key.put("k", bytes.clone()));
      assertThat(text).doesNotContain(key.path("k").asText().substring(0, 20));
    }
    assertThat(text).doesNotContain("pepper", "receiptKey", "rotations", "ACTIVE");
  }

  /** Opens each wrapped key of a file with each key of the token, as each epoch and purpose. */
  private List<String> attack(byte[] file) throws IOException {
    var token = folder.hsm().open();
    var root = JSON.readTree(file);
    var names = new TokenNames(root.path("installationId").asText());
    var opened = new ArrayList<String>();
    for (var epoch : root.path("epochs")) {
      for (var purpose : Purpose.values()) {
        var box = epoch.path("keys").path(purpose.name()).binaryValue();
        for (var name : token.names()) {
          for (int claimed = 1; claimed <= 3; claimed++) {
            try {
              token.unwrap(token.key(name).orElseThrow(), names.bound(claimed, purpose), box);
              opened.add(epoch.path("number").asInt() + " " + purpose);
            } catch (GeneralSecurityException e) {
              assertThat(e).isNotNull();
            }
          }
        }
      }
    }
    return opened;
  }

  @Test
  void anOlderCopyAndTheTokenReadNothingOfADestroyedEpoch() throws IOException {
    var keystore = rotated();
    var older = folder.bytes();
    assertThat(attack(older)).hasSize(6).contains("1 SELF", "2 SELF");

    keystore.destroy(1);
    var newest = folder.bytes();

    assertThat(attack(older)).hasSize(3).allMatch(opened -> opened.startsWith("2 "));
    Files.write(folder.file(), older);
    var access = folder.hsm().access();
    var read = Keystore.openExisting(path, access, Clock.systemUTC());
    assertThat(read.ring().epochs().get(0).state()).isEqualTo(EpochState.RETIRING);
    assertThat(read.ring().key(1, Purpose.SELF)).isEmpty();
    assertThat(read.ring().key(2, Purpose.SELF)).isEqualTo(keystore.ring().key(2, Purpose.SELF));

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessage(
            "the keystore "
                + folder.file()
                + " is an older copy: it has epoch 1, whose key is gone from the token "
                + folder.hsm().label()
                + "; put the newest copy back");
    assertThat(folder.bytes()).isEqualTo(older);

    Files.write(folder.file(), newest);
    assertThat(folder.open().ring().key(2, Purpose.SELF)).isPresent();
  }

  @Test
  void aCopyFromBeforeAnEpochWasMadeIsRefused() throws IOException {
    folder.open();
    var older = folder.bytes();
    var keystore = rotated();
    var newest = folder.bytes();
    Files.write(folder.file(), older);

    assertThatThrownBy(folder::open)
        .isInstanceOf(KeystoreException.class)
        .hasMessageContaining("is an older copy: it does not know epoch 2");

    Files.write(folder.file(), newest);
    assertThat(folder.open().ring().key(2, Purpose.SELF))
        .isEqualTo(keystore.ring().key(2, Purpose.SELF));
  }

  @Test
  void whatWasMovedInTheFileDoesNotOpen() throws IOException {
    rotated();
    var intact = folder.bytes();
    var moves =
        List.<Consumer<ObjectNode>>of(
            root -> swap(keys(root, 0), "SELF", keys(root, 0), "TRAINING"),
            root -> swap(keys(root, 0), "SELF", keys(root, 1), "SELF"),
            root -> ((ObjectNode) root.path("epochs").get(0)).put("number", 2),
            root -> ((ArrayNode) root.path("epochs")).remove(0),
            root -> root.put("more", 1),
            root -> root.put("contentKey", root.path("content").asText()),
            root -> root.put("content", root.path("contentKey").asText()));
    for (var move : moves) {
      var root = (ObjectNode) JSON.readTree(intact);
      move.accept(root);
      Files.write(folder.file(), JSON.writeValueAsBytes(root));
      assertThatThrownBy(folder::open)
          .isInstanceOf(KeystoreException.class)
          .hasMessageContaining("does not open with the token")
          .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
    }
    Files.write(folder.file(), intact);
    folder.open();
  }

  private static ObjectNode keys(ObjectNode root, int epoch) {
    return (ObjectNode) root.path("epochs").get(epoch).path("keys");
  }

  private static void swap(ObjectNode one, String first, ObjectNode other, String second) {
    var kept = one.get(first);
    one.set(first, other.get(second));
    other.set(second, kept);
  }

  @Test
  void aFileOfAnotherKindOrFormatIsRefused() throws IOException {
    folder.open();
    for (var text : List.of("", "{}", "[1]", "not JSON", "{\"installationId\":\"x\"}")) {
      Files.writeString(folder.file(), text);
      assertThatThrownBy(folder::open)
          .isInstanceOf(KeystoreException.class)
          .hasMessageContaining(folder.file().toString())
          .satisfies(failure -> assertThat(failure.getMessage()).hasLineCount(1));
      assertThat(folder.file()).hasContent(text);
    }
  }
}

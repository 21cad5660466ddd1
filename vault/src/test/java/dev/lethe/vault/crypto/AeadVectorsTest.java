package dev.lethe.vault.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lethe.vault.PublishedVector;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** AES-256-GCM as others have computed it (Wycheproof). */
final class AeadVectorsTest {
  static Stream<PublishedVector> vectors() {
    return PublishedVector.in("aes-256-gcm.txt");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void publishedTextOpensAndForgedOneDoesNot(PublishedVector vector) {
    var values = vector.values();
    var sealed = sealed(values.get(1), values.get(4), values.get(5));
    var key = KeyBytes.copyOf(values.get(0));

    if (vector.valid()) {
      assertThat(Aead.open(key, sealed, 0, values.get(2))).isEqualTo(values.get(3));
    } else {
      assertThatThrownBy(() -> Aead.open(key, sealed, 0, values.get(2)))
          .isInstanceOf(UnreadableException.class);
    }
  }

  @Test
  void oneOpenerOpensWhatIsPublishedOneAfterAnother() {
    var opener = new Opener();
    for (var vector : vectors().toList()) {
      var values = vector.values();
      var sealed = sealed(values.get(1), values.get(4), values.get(5));
      var key = KeyBytes.copyOf(values.get(0));

      if (vector.valid()) {
        assertThat(opener.open(key, sealed, 0, values.get(2))).isEqualTo(values.get(3));
      } else {
        assertThatThrownBy(() -> opener.open(key, sealed, 0, values.get(2)))
            .isInstanceOf(UnreadableException.class);
      }
    }
  }

  static Stream<PublishedVector> validVectors() {
    return vectors().filter(PublishedVector::valid);
  }

  @ParameterizedTest
  @MethodSource("validVectors")
  void publishedNonceGivesThePublishedText(PublishedVector vector) {
    var values = vector.values();
    var sealed = sealed(values.get(1), values.get(4), values.get(5));
    var nonce = new FixedRandom(values.get(1));

    var made =
        Aead.seal(KeyBytes.copyOf(values.get(0)), new byte[0], values.get(3), values.get(2), nonce);

    assertThat(made).isEqualTo(sealed);
  }

  private static byte[] sealed(byte[] nonce, byte[] ciphertext, byte[] tag) {
    return ByteBuffer.allocate(nonce.length + ciphertext.length + tag.length)
        .put(nonce)
        .put(ciphertext)
        .put(tag)
        .array();
  }

  /** Draws the same bytes always. */
  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1L;
    private final byte[] drawn;

    FixedRandom(byte[] drawn) {
      this.drawn = drawn;
    }

    @Override
    public void nextBytes(byte[] bytes) {
      System.arraycopy(drawn, 0, bytes, 0, bytes.length);
    }
  }
}

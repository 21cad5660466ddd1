package dev.lethe.vault.keys;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lethe.vault.PublishedVector;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** HMAC-SHA-256 as others have computed it (Wycheproof). */
final class PseudonymVectorsTest {
  static Stream<PublishedVector> vectors() {
    return PublishedVector.in("hmac-sha-256.txt");
  }

  @ParameterizedTest
  @MethodSource("vectors")
  void publishedTagIsComputedAndForgedOneIsNot(PublishedVector vector) {
    var values = vector.values();

    var tag = Pseudonyms.mac(values.get(0)).doFinal(values.get(1));

    assertThat(Arrays.equals(tag, values.get(2))).isEqualTo(vector.valid());
  }
}
